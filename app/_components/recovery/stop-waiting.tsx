"use client";

import { CancelPendingButton } from "@/app/_components/queue/cancel-pending-button";
import { usePause } from "@/app/_components/queue/use-pause";
import { useSession } from "@/app/_components/session/session-provider";
import { isPausedNow } from "@/app/_components/status/paused-now";
import { useNow } from "@/app/_components/time/now";
import { Button } from "@/app/_components/ui/button";
import { trpc } from "@/app/_trpc/client";
import { useTarget } from "./use-target";

/** What stops what was made due for a webhook already and still waits: a pause holds it, a cancel gives it up. */
export function StopWaiting({ webhookId }: { webhookId: string }) {
  const { mayChange } = useSession();
  const { pause, isBusy } = usePause();
  const now = useNow();
  const webhook = useTarget(webhookId);
  const { data: overview } = trpc.stats.overview.useQuery({ range: "24h" });
  if (!mayChange || !webhook) return null;
  const pending = overview?.webhooks.find(({ webhook_id }) => webhook_id === webhookId)?.pending_count ?? 0;
  return (
    <>
      {webhook.is_active && !webhook.listener && !isPausedNow(webhook, now) && (
        <Button size="small" disabled={isBusy} aria-busy={isBusy} onClick={() => pause(webhook, null)}>
          Pause the webhook
        </Button>
      )}
      {pending > 0 && <CancelPendingButton webhookId={webhookId} count={pending} size="small" />}
    </>
  );
}
