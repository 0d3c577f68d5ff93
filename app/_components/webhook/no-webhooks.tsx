"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useServerFacts } from "@/app/_components/facts/server-facts";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { EmptyState } from "@/app/_components/ui/empty-state";

/** What the home page says before the first webhook: what one is, and the two ways to add it. */
export function NoWebhooks() {
  const { publicUrl } = useServerFacts();
  const { mayChange } = useSession();
  return (
    <EmptyState
      title="No webhook yet"
      action={
        mayChange && (
          <Button look="primary" asChild>
            <Link href="/dashboard?new=1">
              <Plus aria-hidden className="size-4" />
              <span>Add your first webhook</span>
            </Link>
          </Button>
        )
      }
    >
      <p>
        A webhook is a URL of yours that receives events as they happen, signed, and again and again until it
        answers with a 2xx. Add one here, or from a program with an API key:
      </p>
      <CodeBlock label="curl that adds a webhook" text={curlThatAddsWebhook(publicUrl)} />
    </EmptyState>
  );
}

const curlThatAddsWebhook = (publicUrl: string) => `curl ${publicUrl}/webhooks \\
  -H "X-API-KEY: fk_…" -H "Content-Type: application/json" \\
  -d '{ "webhook_url": "https://example.com/webhooks", "events": ["cdd_state_changed"] }'`;
