"use client";

import { isPausedNow } from "@/app/_components/status/paused-now";
import { useNow } from "@/app/_components/time/now";
import type { Webhook } from "@/app/_components/webhook/types";
import { DisabledCard } from "./disabled-card";
import { FailingCard } from "./failing-card";
import { FixedCard, isJustFixed } from "./fixed-card";
import { PausedCard } from "./paused-card";
import type { WebhookQueue } from "./types";

/** While something is wrong with a webhook: what, since when, what becomes of it, and what to do; then, that it is fixed. */
export function HealthCard({ webhook, queue }: { webhook: Webhook; queue: WebhookQueue | undefined }) {
  const now = useNow();
  const isPaused = isPausedNow(webhook, now);
  if (!queue) return null;
  if (webhook.status === "disabled") return <DisabledCard webhook={webhook} queue={queue} />;
  return (
    <>
      {isPaused && <PausedCard webhook={webhook} queue={queue} />}
      {webhook.status === "failing" && <FailingCard webhook={webhook} queue={queue} isPaused={isPaused} />}
      {webhook.status === "active" && !isPaused && isJustFixed(queue, now) && <FixedCard queue={queue} />}
    </>
  );
}
