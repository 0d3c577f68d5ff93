"use client";

import { useState } from "react";
import { useLatestIncident } from "@/app/_components/incident/use-latest-incident";
import { isPausedNow } from "@/app/_components/status/paused-now";
import { webhookState } from "@/app/_components/status/webhook-state";
import { useNow } from "@/app/_components/time/now";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { SteadyPlace } from "@/app/_components/ui/steady-place";
import type { Webhook } from "@/app/_components/webhook/types";
import { DisabledCard } from "./disabled-card";
import { FailingCard } from "./failing-card";
import { FixedCard, isJustFixed } from "./fixed-card";
import { HealthyCard } from "./healthy-card";
import { ListenerCard } from "./listener-card";
import { NewsCard } from "./news-card";
import { PausedCard } from "./paused-card";
import type { WebhookQueue } from "./types";

/**
 * How a webhook fares, always in the same place: what is wrong, since when, what becomes of it, and what to do; then,
 * that it is fixed, and for a day what the incident came to; else that nothing is wrong. The list below stays where it is
 * when that changes while somebody looks.
 */
export function HealthCard(props: { webhook: Webhook; queue: WebhookQueue | undefined }) {
  return (
    <SteadyPlace>
      <Fares {...props} />
    </SteadyPlace>
  );
}

function Fares({ webhook, queue }: { webhook: Webhook; queue: WebhookQueue | undefined }) {
  const now = useNow();
  const isPaused = isPausedNow(webhook, now);
  const incident = useLatestIncident(webhook.id);
  // Where nothing was sent yet, there is nothing below to lose the place of.
  const [isExpected, setExpected] = useState(
    () => webhookState(webhook) !== "active" || webhook.last_delivery_at === null,
  );
  if (!queue) return <Skeleton className="mb-4 h-11.5" />;
  if (webhook.listener)
    return <ListenerCard listener={webhook.listener} webhookId={webhook.id} queue={queue} />;
  const state = webhookState(webhook);
  if (state === "disabled") return <DisabledCard webhook={webhook} queue={queue} />;
  if (state !== "active")
    return (
      <>
        {isPaused && <PausedCard webhook={webhook} queue={queue} />}
        {isExpected ? (
          <FailingCard webhook={webhook} queue={queue} isPaused={isPaused} />
        ) : (
          <NewsCard webhook={webhook} onShow={() => setExpected(true)} />
        )}
      </>
    );
  if (isPaused) return <PausedCard webhook={webhook} queue={queue} />;
  const isNews = isJustFixed(queue, now);
  if (isNews || incident) return <FixedCard queue={queue} isNews={isNews} incident={incident} />;
  return <HealthyCard webhook={webhook} />;
}
