"use client";

import { isPausedNow } from "@/app/_components/status/paused-now";
import { useNow } from "@/app/_components/time/now";
import type { Outputs } from "@/app/_trpc/client";

type Webhook = Outputs["webhooks"]["list"][number];

/** Why what is sent again to one webhook does not go out now; null where nothing keeps it, and for all webhooks. */
export function useHold(webhook: Webhook | undefined): string | null {
  const now = useNow();
  if (!webhook) return null;
  if (!webhook.is_active) return "held while the webhook is off";
  if (isPausedNow(webhook, now)) return "held until the webhook is resumed";
  if (webhook.health.state === "failing") return "held while the webhook fails, and sent once it answers";
  return null;
}
