"use client";

import { trpc } from "@/app/_trpc/client";
import type { Webhook } from "./types";

/**
 * For a change to a webhook: `show` it as it is now known to be, wherever it is shown, and `settle` once the server has
 * answered. A question that was asked before the change may be answered after it, with how things were: `show` drops
 * those under way, and `settle` asks anew.
 */
export function useWebhookChange() {
  const utils = trpc.useUtils();
  return {
    show: async (shown: Webhook) => {
      const input = { webhook_id: shown.id };
      await Promise.all([utils.webhooks.get.cancel(input), utils.webhooks.list.cancel()]);
      utils.webhooks.get.setData(input, shown);
      utils.webhooks.list.setData(undefined, (list) =>
        list?.map((each) => (each.id === shown.id ? shown : each)),
      );
    },
    /** Nobody waits for it: what the change did is said at once. What is pending may be held now, or no longer. */
    settle: () => {
      void utils.webhooks.get.invalidate();
      void utils.webhooks.list.invalidate();
      void utils.stats.invalidate();
      void utils.deliveries.invalidate();
    },
  };
}
