"use client";

import { DiagnosisView } from "@/app/_components/diagnosis/diagnosis-view";
import { Fixes } from "@/app/_components/diagnosis/fixes";
import { CancelPendingButton } from "@/app/_components/queue/cancel-pending-button";
import { firstType } from "@/app/_components/test-event/first-type";
import { Card } from "@/app/_components/ui/card";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import { FailureCounts } from "./failure-counts";
import { Outlook } from "./outlook";
import type { WebhookQueue } from "./types";

/** Why all or some deliveries to this webhook fail and what helps, what came back how often, and what becomes of what waits. */
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
  const { data: types = [] } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const { diagnosis } = data ?? {};
  const isFailing = webhook.health.state === "failing";
  const of = {
    webhookId: webhook.id,
    eventId: data?.event_id ?? null,
    eventType: data?.event_type ?? firstType(webhook.events, types)?.type,
  };
  return (
    <div className="mb-4">
      <Card tone={isFailing ? "bad" : "warn"}>
        {diagnosis ? (
          <DiagnosisView diagnosis={diagnosis} controls={<Fixes diagnosis={diagnosis} of={of} />} />
        ) : (
          <p className="font-semibold">{isFailing ? "Deliveries fail." : "Some deliveries fail."}</p>
        )}
        <div className="mt-3 flex flex-wrap items-end gap-x-4 gap-y-2 border-t border-line pt-2.5">
          <div className="min-w-0 grow basis-80">
            {data && <FailureCounts webhook={webhook} explained={data} />}
            <Outlook queue={queue} isPaused={isPaused} />
          </div>
          {queue.held_count > 0 && !isPaused && (
            <CancelPendingButton webhookId={webhook.id} count={queue.held_count} />
          )}
        </div>
      </Card>
    </div>
  );
}
