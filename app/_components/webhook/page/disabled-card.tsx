"use client";

import { eventsWords } from "@/app/_components/delivery/events-words";
import { CancelPendingButton } from "@/app/_components/queue/cancel-pending-button";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Card } from "@/app/_components/ui/card";
import type { Webhook } from "@/app/_components/webhook/types";
import { useMissed } from "@/app/_components/webhook/use-missed";
import type { WebhookQueue } from "./types";

/** Why a webhook is off, what waits for it, and what switching it on does. */
export function DisabledCard({ webhook, queue }: { webhook: Webhook; queue: WebhookQueue }) {
  const missed = useMissed(webhook, queue.disabled_at);
  return (
    <div className="mb-4">
      <Card>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <div className="min-w-0 grow basis-72">
            <p className="font-semibold">
              <span>{webhook.disabled_reason ?? "This webhook is switched off."}</span>
              {queue.disabled_at && (
                <span className="font-normal text-muted">
                  {" "}
                  <RelativeTime at={queue.disabled_at} />
                </span>
              )}
            </p>
            <p className="text-muted">{`${heldWords(queue.pending_count)} ${missedWords(missed)}`}</p>
          </div>
          {queue.pending_count > 0 && (
            <CancelPendingButton webhookId={webhook.id} count={queue.pending_count} />
          )}
        </div>
      </Card>
    </div>
  );
}

function heldWords(count: number): string {
  if (count === 0) return "Nothing is held.";
  const deliveries = count === 1 ? "1 delivery is" : `${count.toLocaleString("en")} deliveries are`;
  return `${deliveries} held, and sent once it is on again.`;
}

function missedWords(missed: Parameters<typeof eventsWords>[0] | undefined): string {
  if (!missed || missed.count === 0) {
    return "Events that come while it is off are not delivered to it; switching it on asks whether to send them.";
  }
  const words = eventsWords(missed);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)} missed since it is off: switching it on asks whether to send ${missed.count === 1 ? "it" : "them"}.`;
}
