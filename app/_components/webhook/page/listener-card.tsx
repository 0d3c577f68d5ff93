"use client";

import { CancelPendingButton } from "@/app/_components/queue/cancel-pending-button";
import { ClockTime } from "@/app/_components/time/clock-time";
import { Card } from "@/app/_components/ui/card";
import type { Webhook } from "@/app/_components/webhook/types";
import { customerLimits } from "@/domain/limits";
import type { WebhookQueue } from "./types";

/** Whether a program listens, where it sends what it takes, and what waits for it. */
export function ListenerCard({
  listener,
  webhookId,
  queue,
}: {
  listener: NonNullable<Webhook["listener"]>;
  webhookId: string;
  queue: WebhookQueue;
}) {
  const { pending_count } = queue;
  return (
    <div className="mb-4">
      <Card>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <div className="min-w-0 grow basis-72">
            <p className="font-semibold wrap-anywhere">
              <span>{listener.is_connected ? "Listening on " : "Away: "}</span>
              <span translate="no">{listener.name}</span>
            </p>
            <p className="text-muted">
              {listener.is_connected ? (
                <span>It forwards what comes to </span>
              ) : (
                <>
                  <b className="text-ink">{`${pending_count.toLocaleString("en")} waiting`}</b>
                  <span>. Nothing is missed while it is away; last heard </span>
                  <ClockTime at={listener.last_heard_at} />
                  <span>{`, and it keeps its place among the ${customerLimits.webhooks} webhooks. Deleted unless it is back by `}</span>
                  <ClockTime at={listener.expires_at} />
                  <span>. It forwards to </span>
                </>
              )}
              <code translate="no" className="wrap-anywhere">
                {listener.forwards_to}
              </code>
              <span>. What fails there is not retried by itself.</span>
            </p>
          </div>
          {!listener.is_connected && pending_count > 0 && (
            <CancelPendingButton webhookId={webhookId} count={pending_count} />
          )}
        </div>
      </Card>
    </div>
  );
}
