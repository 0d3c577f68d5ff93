"use client";

import { WebhookBalance } from "@/app/_components/balance/webhook-balance";
import { DeliveryBrowser } from "@/app/_components/delivery/delivery-browser";
import { Recoveries } from "@/app/_components/recovery/recoveries";
import { RotationCard } from "@/app/_components/rotation/rotation-card";
import type { Webhook } from "@/app/_components/webhook/types";
import { HealthCard } from "./health-card";
import { PaceNote } from "./pace-note";
import { SetAside } from "./set-aside";
import type { WebhookQueue } from "./types";

/** What somebody has to know of a webhook now, and its deliveries. */
export function WebhookDeliveries({ webhook, queue }: { webhook: Webhook; queue: WebhookQueue | undefined }) {
  return (
    <>
      <HealthCard webhook={webhook} queue={queue} />
      <PaceNote queue={queue} />
      <SetAside webhook={webhook} queue={queue} />
      <RotationCard webhook={webhook} rotation={queue?.rotation ?? null} />
      <Recoveries webhookId={webhook.id} />
      <WebhookBalance webhookId={webhook.id} />
      <DeliveryBrowser webhookId={webhook.id} />
    </>
  );
}
