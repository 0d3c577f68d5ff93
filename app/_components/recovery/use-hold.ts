"use client";

import { isPausedNow } from "@/app/_components/status/paused-now";
import { useNow } from "@/app/_components/time/now";
import { trpc } from "@/app/_trpc/client";

/** Why what is sent again to one webhook does not go out now; null where nothing keeps it, and for all webhooks. */
export function useHold(webhookId: string | null): string | null {
  const { data: webhooks } = trpc.webhooks.list.useQuery();
  const now = useNow();
  const webhook = webhooks?.find(({ id }) => id === webhookId);
  if (!webhook) return null;
  if (!webhook.is_active) return "held while the webhook is off";
  if (isPausedNow(webhook, now)) return "held until the webhook is resumed";
  if (webhook.health.state === "failing") return "held while the webhook fails, and sent once it answers";
  return null;
}
