"use client";

import { trpc } from "@/app/_trpc/client";
import type { FullDelivery } from "./types";

/** So many of the latest successes are looked through for one that is no test. */
const lookedThrough = 20;

/** The latest delivery of the same type that the webhook took, tests aside; null when there is none. */
export function useLastSuccess({ webhook_id, event_type }: FullDelivery) {
  const list = trpc.deliveries.list.useQuery({
    webhook_id,
    event_type,
    status: "delivered",
    content: false,
    page_size: lookedThrough,
  });
  const latest = list.data?.items.find(({ is_test }) => !is_test);
  const full = trpc.deliveries.get.useQuery(
    { webhook_id, event_id: latest?.id ?? "", details: true },
    { enabled: latest !== undefined },
  );
  return { success: list.data && !latest ? null : full.data, error: list.error ?? full.error };
}
