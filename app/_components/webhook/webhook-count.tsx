"use client";

import { trpc } from "@/app/_trpc/client";

/** How many webhooks there are, beside the navigation's word. */
export function WebhookCount() {
  const { data } = trpc.webhooks.list.useQuery();
  if (!data) return null;
  return <span className="text-faint">{data.length}</span>;
}
