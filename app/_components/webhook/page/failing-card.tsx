"use client";

import { codeClasses } from "@/app/_components/delivery/delivery-query";
import { rotationBefore } from "@/app/_components/rotation/rotation-before";
import { failureWord } from "@/app/_components/status/failure-word";
import { ClockTime } from "@/app/_components/time/clock-time";
import { Card } from "@/app/_components/ui/card";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import { diagnose } from "@/domain/delivery/diagnosis";
import { CancelPendingButton } from "./cancel-pending-button";
import { FixButton } from "./fix-button";
import { Outlook } from "./outlook";
import type { WebhookQueue } from "./types";

/** Looked through for the answer behind the last failure: its headers tell more than its status. */
const recentFailures = 5;

/** The filter that finds it among the many that are held behind it. */
const codeClassOf = (status: number | null) =>
  codeClasses.find((code) => code === Math.floor((status ?? 0) / 100));

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
  const status = webhook.last_delivery_status;
  const { data: recent } = trpc.deliveries.list.useQuery({
    webhook_id: webhook.id,
    code_class: codeClassOf(status),
    page_size: recentFailures,
    content: true,
    details: true,
  });
  const error = queue.last_error ?? {
    code: "http_status" as const,
    message: "The endpoint did not answer with 2xx.",
  };
  const like = recent?.items.find((item) => item.error?.code === error.code && item.status_code === status);
  const { meaning, nextStep, suggestedUrl } = diagnose({
    error,
    detail: queue.details?.last_error_detail ?? null,
    statusCode: status,
    headers: like?.response?.headers ?? {},
    url: like?.details?.url ?? webhook.webhook_url,
    rotation: rotationBefore(queue.rotation, webhook.last_delivery_at),
  });
  return (
    <div className="mb-4">
      <Card tone="bad">
        <div className="grid items-center gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,1fr)_auto]">
          <div>
            <p className="font-semibold wrap-anywhere">{meaning}</p>
            <p className="wrap-anywhere text-muted">
              <span>{`${nextStep} ${countWords(queue, failureWord(status, error.code))}`}</span>
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
              suggestedUrl={suggestedUrl}
              eventType={like?.event_type ?? webhook.events[0]}
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
