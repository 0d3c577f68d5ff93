"use client";

import { isPausedNow } from "@/app/_components/status/paused-now";
import { useNow } from "@/app/_components/time/now";
import { trpc } from "@/app/_trpc/client";
import { heldNow } from "./held-now";
import type { Delivery } from "./types";

/** Tells of a delivery what holds it as of now, by the live state of its webhook. One for a whole list. */
export function useHeldNow(): <D extends Delivery>(delivery: D) => D {
  const now = useNow();
  const { data: webhooks } = trpc.webhooks.list.useQuery();
  const { data: overview } = trpc.stats.overview.useQuery({ range: "24h" });
  return (delivery) => {
    const webhook = webhooks?.find(({ id }) => id === delivery.webhook_id);
    const queue = overview?.webhooks.find(({ webhook_id }) => webhook_id === delivery.webhook_id);
    // Until both are there, what the server said of the delivery stands.
    if (!webhook || !queue) return delivery;
    const isPaused = isPausedNow(webhook, now);
    const isBreakerOpen = queue.opened_at !== null;
    const isAllPaused = queue.held === "platform";
    const isAway = webhook.listener !== null && !webhook.listener.is_connected;
    return heldNow(
      delivery,
      { isActive: webhook.is_active, isPaused, isBreakerOpen, isAllPaused, isAway },
      now,
    );
  };
}
