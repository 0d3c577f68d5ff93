"use client";

import { trpc } from "@/app/_trpc/client";
import type { Webhook } from "./types";

/** Counting may read many events, and these make no delivery that the live stream would tell of. */
const refreshMs = 60_000;

/** What one that is off has missed since then: what a recovery would send it. Undefined while that is not known. */
export function useMissed({ id, is_active }: Webhook, disabledAt: string | null | undefined) {
  const { data } = trpc.webhooks.countRecoverable.useQuery(missedSince(id, disabledAt ?? ""), {
    enabled: !is_active && !!disabledAt,
    staleTime: refreshMs,
    refetchInterval: refreshMs,
    meta: { refreshesItself: true },
  });
  return data;
}

export const missedSince = (webhook_id: string, since: string) => ({
  webhook_id,
  since,
  include: ["missed" as const],
});
