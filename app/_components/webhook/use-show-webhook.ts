"use client";

import { trpc } from "@/app/_trpc/client";
import type { Webhook } from "./types";

/** Shows a webhook as it is now known to be, wherever it is shown. */
export function useShowWebhook(): (webhook: Webhook) => void {
  const utils = trpc.useUtils();
  return (shown) => {
    utils.webhooks.get.setData({ webhook_id: shown.id }, shown);
    utils.webhooks.list.setData(undefined, (list) =>
      list?.map((each) => (each.id === shown.id ? shown : each)),
    );
  };
}
