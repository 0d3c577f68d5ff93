"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { useSession } from "@/app/_components/session/session-provider";
import { isPausedNow } from "@/app/_components/status/paused-now";
import { StateBadge } from "@/app/_components/status/state-badge";
import { webhookStates } from "@/app/_components/status/states";
import { lookOf } from "@/app/_components/status/webhook-state";
import { formatAge } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import { Button } from "@/app/_components/ui/button";
import { Kbd } from "@/app/_components/ui/kbd";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { ActiveSwitch } from "@/app/_components/webhook/active-switch";
import { DeleteWebhookDialog } from "@/app/_components/webhook/delete-webhook-dialog";
import type { Webhook } from "@/app/_components/webhook/types";
import { WarningLines } from "@/app/_components/webhook/warning-lines";
import { WebhookMenu } from "@/app/_components/webhook/webhook-menu";
import { parseUrl } from "@/domain/network/parse-url";
import type { WebhookQueue } from "./types";

/** Which webhook this is, how it fares, and what can be done with it. */
export function WebhookHeader({ webhook, queue }: { webhook: Webhook; queue: WebhookQueue | undefined }) {
  const router = useRouter();
  const { push } = useUrlState();
  const { mayChange } = useSession();
  const [isDeleting, setIsDeleting] = useState(false);
  const now = useNow();
  useShortcut({ key: "t", run: () => push({ tab: "test" }), isOn: mayChange });
  const { since } = webhook.health;
  return (
    <header className="mb-1">
      <nav aria-label="Breadcrumb" className="mb-1.5 truncate text-muted">
        <Link href="/dashboard" className="hover:text-ink hover:underline">
          Webhooks
        </Link>
        <span aria-hidden className="text-faint">
          {" / "}
        </span>
        <span>{webhook.description ?? hostOf(webhook.webhook_url)}</span>
      </nav>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1
          translate="no"
          title={webhook.webhook_url}
          className="min-w-0 truncate font-mono text-[1.0625rem] leading-6 tracking-tight"
        >
          {webhook.webhook_url}
        </h1>
        <span aria-live="polite" className="flex flex-wrap gap-1.5">
          <StateBadge
            state={lookOf(webhook)}
            more={webhook.is_active && since && formatAge(now - Date.parse(since))}
          />
          {isPausedNow(webhook, now) && <StateBadge state={webhookStates.paused} />}
        </span>
        <div className="grow" />
        <div className="flex items-center gap-x-3">
          <ActiveSwitch webhook={webhook} />
          {mayChange && (
            <Button onClick={() => push({ tab: "test" })}>
              <span>Send test</span> <Kbd>t</Kbd>
            </Button>
          )}
          <WebhookMenu webhook={webhook} onDelete={() => setIsDeleting(true)} />
        </div>
      </div>
      <WarningLines webhook={webhook} />
      <DeleteWebhookDialog
        webhook={isDeleting ? webhook : null}
        pendingCount={queue?.pending_count ?? 0}
        onClose={() => setIsDeleting(false)}
        onDeleted={() => router.push("/dashboard")}
      />
    </header>
  );
}

const hostOf = (url: string) => parseUrl(url)?.host ?? url;
