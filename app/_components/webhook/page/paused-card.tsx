"use client";

import { CancelPendingButton } from "@/app/_components/queue/cancel-pending-button";
import { usePause } from "@/app/_components/queue/use-pause";
import { useSession } from "@/app/_components/session/session-provider";
import { ClockTime } from "@/app/_components/time/clock-time";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import type { Webhook } from "@/app/_components/webhook/types";
import type { WebhookQueue } from "./types";

/** Until when a webhook is paused, what it holds, and until when that is safe. */
export function PausedCard({ webhook, queue }: { webhook: Webhook; queue: WebhookQueue }) {
  const { mayChange } = useSession();
  const { resume, isBusy } = usePause();
  const { held_count, safe_until } = queue;
  return (
    <div className="mb-4">
      <Card>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <div className="min-w-0 grow basis-72">
            <p className="font-semibold">
              {webhook.paused_until ? (
                <>
                  <span>Paused until</span> <ClockTime at={webhook.paused_until} />
                </>
              ) : (
                <span>Paused until somebody resumes it</span>
              )}
            </p>
            <p className="text-muted">
              <b className="text-ink">{`${held_count.toLocaleString("en")} held`}</b>
              <span>. What comes meanwhile waits too, and nothing is missed: safe until </span>
              <ClockTime at={safe_until} />
              <span>
                {held_count > 0 ? ", when what has waited longest would expire." : ", if an event came now."}
              </span>
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            {held_count > 0 && <CancelPendingButton webhookId={webhook.id} count={held_count} />}
            {mayChange && (
              <Button look="accent" disabled={isBusy} aria-busy={isBusy} onClick={() => resume(webhook)}>
                Resume
              </Button>
            )}
          </div>
        </div>
      </Card>
    </div>
  );
}
