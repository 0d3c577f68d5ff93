import { pauseNow } from "@/domain/webhook/pause";
import { keepHeaders } from "@/domain/webhook/static-headers";
import { warningsOf } from "@/domain/webhook/warnings";
import type { Webhook } from "../store";
import { certificateOfRow, slowOfRow } from "./warnings";
import {
  healthOf,
  incidentOf,
  listenerOf,
  pauseOf,
  rotationOf,
  standingOf,
  type WebhookRow,
} from "./webhook-columns";

type Row = {
  webhook: WebhookRow & { id: string; createdAt: number };
  queue: {
    pending: number;
    isDraining: boolean;
    openedAt: number | null;
    probeAt: number | null;
    ratePerSecond: number | null;
  };
  customerId: string;
  waitingSince: number | null;
};

/** A webhook as the store shows it at this moment. */
export function toWebhook(row: Row, now: number): Webhook {
  const { webhook, queue, customerId, waitingSince } = row;
  const { openedAt, probeAt } = queue;
  return {
    id: webhook.id,
    customerId,
    url: webhook.url,
    isActive: webhook.isActive,
    events: webhook.events,
    conditions: webhook.conditions,
    description: webhook.description,
    hasSecret: webhook.secret !== null,
    headers: keepHeaders(webhook.headers),
    timeoutMs: webhook.timeoutMs,
    ratePerSecond: queue.ratePerSecond,
    rotation: rotationOf(webhook),
    disabledReason: webhook.disabledReason,
    disabledAt: webhook.disabledAt,
    createdAt: webhook.createdAt,
    updatedAt: webhook.updatedAt,
    ...healthOf(webhook),
    incident: incidentOf(webhook),
    pause: pauseNow(pauseOf(webhook), now),
    listener: listenerOf(webhook),
    countdown: standingOf(webhook).countdown,
    clientCertificate: webhook.clientCertificate,
    warnings: warningsOf(
      {
        certificate: certificateOfRow(webhook),
        clientCertificate: webhook.clientCertificate,
        slow: slowOfRow(webhook),
      },
      now,
    ),
    pendingCount: queue.pending,
    isDraining: queue.isDraining,
    waitingSince,
    breaker: openedAt === null ? null : { openedAt, probeAt: probeAt ?? openedAt },
  };
}
