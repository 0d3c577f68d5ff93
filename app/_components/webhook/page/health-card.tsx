"use client";

import type { Webhook } from "@/app/_components/webhook/types";
import { DisabledCard } from "./disabled-card";
import { FailingCard } from "./failing-card";
import type { WebhookQueue } from "./types";

/** While something is wrong with a webhook: what, since when, what becomes of it, and what to do. */
export function HealthCard({ webhook, queue }: { webhook: Webhook; queue: WebhookQueue | undefined }) {
  if (!queue) return null;
  if (webhook.status === "disabled") return <DisabledCard webhook={webhook} queue={queue} />;
  if (webhook.status === "failing") return <FailingCard webhook={webhook} queue={queue} />;
  return null;
}
