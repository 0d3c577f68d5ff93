"use client";

import { trpc } from "@/app/_trpc/client";

/** The webhook that a recovery is for; undefined for all of them, and until the webhooks are known. */
export function useTarget(webhookId: string | null) {
  const { data: webhooks } = trpc.webhooks.list.useQuery();
  return webhooks?.find(({ id }) => id === webhookId);
}
