import { webhookState } from "@/app/_components/status/webhook-state";
import type { Outputs } from "@/app/_trpc/client";

/** A page's title with the number of webhooks that fail before it: `(2) Webhooks · Fanfare`. */
export function countedTitle(title: string, failing: number): string {
  const bare = title.replace(/^\(\d+\) /, "");
  return failing === 0 ? bare : `(${failing}) ${bare}`;
}

/** How many webhooks fail. */
export const failingCount = (webhooks: Outputs["webhooks"]["list"]) =>
  webhooks.filter((webhook) => webhookState(webhook) === "failing").length;
