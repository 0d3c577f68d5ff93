"use client";

import { Trash2 } from "lucide-react";
import { useServerFacts } from "@/app/_components/facts/server-facts";
import { useSession } from "@/app/_components/session/session-provider";
import { ClockTime } from "@/app/_components/time/clock-time";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { toast } from "@/app/_components/ui/toast";
import { type Outputs, trpc } from "@/app/_trpc/client";

type Mark = Outputs["marks"]["list"][number];

/** What happened in the time of the charts, in words, and how one's own deploys get there. */
export function Changes({ marks, webhookId }: { marks: Mark[]; webhookId: string }) {
  const { publicUrl } = useServerFacts();
  return (
    <Card title="Changes and deploys">
      <div className="grid gap-3">
        {marks.length === 0 && <p className="text-muted">Nothing was changed in this time.</p>}
        <ul className="grid gap-2">
          {marks.toReversed().map((mark) => (
            <Change key={mark.id} mark={mark} />
          ))}
        </ul>
        <details>
          <summary className="w-fit rounded-sm text-muted hover:text-ink">Post your deploys</summary>
          <div className="mt-2">
            <CodeBlock label="curl that posts a deploy" text={curlThatPosts(publicUrl, webhookId)} />
          </div>
        </details>
      </div>
    </Card>
  );
}

function Change({ mark }: { mark: Mark }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3">
      <ClockTime at={mark.at} className="text-faint" />
      <span className="min-w-0 wrap-anywhere">
        {mark.url ? (
          <a href={mark.url} target="_blank" rel="noreferrer" className="underline">
            {mark.name}
          </a>
        ) : (
          <span>{mark.name}</span>
        )}
        {mark.by && <span className="text-faint">{` by ${mark.by}`}</span>}
      </span>
      {mark.kind === "posted" && <DeleteMark mark={mark} />}
    </li>
  );
}

function DeleteMark({ mark }: { mark: Mark }) {
  const { mayChange } = useSession();
  const utils = trpc.useUtils();
  const remove = trpc.marks.delete.useMutation({
    onSuccess: () => utils.marks.list.invalidate(),
    onError: (error) => toast.error(error.message),
  });
  if (!mayChange) return null;
  return (
    <Button
      look="quiet"
      size="small"
      aria-label={`Delete ${mark.name}`}
      disabled={remove.isPending}
      onClick={() => remove.mutate({ mark_id: mark.id })}
    >
      <Trash2 aria-hidden className="size-3.5" />
    </Button>
  );
}

function curlThatPosts(publicUrl: string, webhookId: string): string {
  const body = JSON.stringify({ name: "Deploy 1.4.2", webhook_id: webhookId });
  return `curl ${publicUrl}/marks \\
  -H "X-API-KEY: $FANFARE_API_KEY" -H "Content-Type: application/json" \\
  -d '${body}'`;
}
