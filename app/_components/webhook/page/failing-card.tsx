"use client";

import { failureWord } from "@/app/_components/status/failure-word";
import { ClockTime } from "@/app/_components/time/clock-time";
import { Card } from "@/app/_components/ui/card";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import { CancelPendingButton } from "./cancel-pending-button";
import { FixButton } from "./fix-button";
import { Outlook } from "./outlook";
import type { WebhookQueue } from "./types";

/** Until it is there. */
const withoutDiagnosis = { meaning: "Deliveries fail.", next_step: "", suggested_url: null };

/** Why deliveries to this webhook fail, in words, with the button that most likely fixes it. */
export function FailingCard({
  webhook,
  queue,
  isPaused,
}: {
  webhook: Webhook;
  queue: WebhookQueue;
  isPaused: boolean;
}) {
  const { data } = trpc.webhooks.explain.useQuery({ webhook_id: webhook.id });
  const { meaning, next_step, suggested_url } = data?.diagnosis ?? withoutDiagnosis;
  return (
    <div className="mb-4">
      <Card tone="bad">
        <div className="grid items-center gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,1fr)_auto]">
          <div>
            <p className="font-semibold wrap-anywhere">{meaning}</p>
            <p className="wrap-anywhere text-muted">
              <span>{`${next_step} ${countWords(queue, failureWord(webhook.last_delivery_status, queue.last_error?.code ?? "http_status"))}`}</span>
              {queue.failing_since && (
                <span>
                  <span> since</span> <ClockTime at={queue.failing_since} />
                </span>
              )}
            </p>
            <Outlook queue={queue} isPaused={isPaused} />
          </div>
          <div className="flex flex-wrap items-center gap-2">
            {queue.held_count > 0 && !isPaused && (
              <CancelPendingButton webhookId={webhook.id} count={queue.held_count} />
            )}
            <FixButton
              webhook={webhook}
              suggestedUrl={suggested_url}
              eventType={data?.event_type ?? webhook.events[0]}
            />
          </div>
        </div>
      </Card>
    </div>
  );
}

function countWords({ failures_in_a_row }: WebhookQueue, what: string): string {
  if (failures_in_a_row <= 1) return `${sentence(what)} on the last attempt`;
  return `${sentence(what)} on the last ${failures_in_a_row.toLocaleString("en")} attempts`;
}

const sentence = (words: string) => words.slice(0, 1).toUpperCase() + words.slice(1);
