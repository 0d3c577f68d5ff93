"use client";

import { isPausedNow } from "@/app/_components/status/paused-now";
import { trpc } from "@/app/_trpc/client";

/** Whether what is sent to a webhook waits until that is resumed. */
export function useIsPaused(webhookId: string): boolean {
  const { data: webhooks } = trpc.webhooks.list.useQuery();
  const webhook = webhooks?.find(({ id }) => id === webhookId);
  return webhook !== undefined && isPausedNow(webhook, Date.now());
}
