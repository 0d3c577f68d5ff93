import { z } from "zod";
import type { Recovery, Webhook } from "@/db/store";
import { recoveryStates } from "@/domain/delivery/recovery";
import { webhookStatus, webhookStatuses } from "@/domain/webhook/health";
import { healthStates, type RecentHealth } from "@/domain/webhook/recent-health";
import { clientCertificateView, toClientCertificateView } from "./client-certificate";
import { conditionsView } from "./condition";
import { listenerView, toListenerView } from "./listener";
import { isoTime, nullableIsoTime, timeView } from "./time";

export const healthView = z.object({
  state: z
    .enum(healthStates)
    .describe(
      "failing while an incident lasts, or attempts fail and nothing was delivered in the last 15 minutes; degraded while a notable share of them fails (from 5 % and two failures on, until below 2 %); else healthy",
    ),
  attempts: z
    .int()
    .describe("In the last 15 minutes, or since the last incident if that ended later; without tests"),
  failed: z.int().describe("Of those, how many failed"),
  since: timeView.nullable().describe("Since when it is degraded or failing; null while it is healthy"),
});

export const toHealthView = ({
  state,
  attempts,
  failed,
  since,
}: RecentHealth): z.infer<typeof healthView> => ({ state, attempts, failed, since: nullableIsoTime(since) });

const warningView = z.object({
  code: z
    .enum(["certificate_expiring", "client_certificate_expiring", "slow"])
    .describe(
      "Its certificate ends within 14 days (or is in the last third of its time, if that is shorter) · 95 % of what succeeded in an hour took longer than half of the timeout",
    ),
  since: timeView,
  expires_at: timeView.nullable().describe("When the certificate ends; null for other warnings"),
  p95_ms: z
    .int()
    .nullable()
    .describe("What 95 % of an hour's successes took at most; null for other warnings"),
});

const toWarningView = (warning: Webhook["warnings"][number]): z.infer<typeof warningView> => ({
  code: warning.code,
  since: isoTime(warning.since),
  expires_at: "expiresAt" in warning ? isoTime(warning.expiresAt) : null,
  p95_ms: warning.code === "slow" ? warning.p95Ms : null,
});

export const webhookView = z
  .object({
    id: z.uuid(),
    webhook_url: z.string().describe("Where events are sent; of a listener fanfare-listen:// and its name"),
    is_active: z.boolean(),
    has_secret: z.boolean().describe("Whether requests are signed. The secret itself is never shown"),
    client_certificate: clientCertificateView.nullable(),
    status: z
      .enum(webhookStatuses)
      .describe(
        "disabled when inactive; failing when the attempt that ended last was not a 2xx; else active",
      ),
    health: healthView.describe(
      "How it fares over the last 15 minutes: this does not turn with each attempt",
    ),
    last_delivery_at: timeView.nullable().describe("Time of the most recent attempt; null when none"),
    last_delivery_status: z
      .int()
      .nullable()
      .describe("HTTP status of the most recent attempt; null when no answer came"),
    events: z
      .array(z.string())
      .describe("The event types that it receives; * is all of them, future ones too"),
    conditions: conditionsView,
    description: z.string().nullable(),
    headers: z
      .array(
        z.object({
          name: z.string(),
          value: z.string().nullable().describe("Null for a secret one, which is never shown"),
          is_secret: z.boolean(),
        }),
      )
      .describe("Sent with every request, beside what Fanfare sets itself"),
    rate_limit: z
      .number()
      .nullable()
      .describe("Deliveries that may begin in a second; null for as many as go"),
    timeout_seconds: z
      .number()
      .nullable()
      .describe("How long an attempt may take; null for as long as DELIVERY_TIMEOUT lets any"),
    is_paused: z
      .boolean()
      .describe("Somebody holds what waits although it is active: nothing is sent, and nothing is missed"),
    paused_until: timeView
      .nullable()
      .describe("When the pause ends by itself; null when it does not, and when it is not paused"),
    listener: listenerView
      .nullable()
      .describe("A program takes its events, and no request is made to a URL; null for every other webhook"),
    created_at: timeView,
    updated_at: timeView,
    warnings: z.array(warningView).describe("What it comes close to, while everything is still delivered"),
    disabled_reason: z.string().nullable().describe("Why Fanfare switched it off; null when it did not"),
  })
  .meta({ id: "Webhook" });

export function toWebhookView(
  webhook: Webhook,
  health: RecentHealth,
  now: number,
): z.infer<typeof webhookView> {
  return {
    id: webhook.id,
    webhook_url: webhook.url,
    is_active: webhook.isActive,
    has_secret: webhook.hasSecret,
    client_certificate: toClientCertificateView(webhook.clientCertificate),
    status: webhookStatus(webhook),
    health: toHealthView(health),
    last_delivery_at: nullableIsoTime(webhook.lastAttemptAt),
    last_delivery_status: webhook.lastStatusCode,
    events: webhook.events,
    conditions: webhook.conditions,
    description: webhook.description,
    headers: webhook.headers.map(({ name, value, isSecret }) => ({ name, value, is_secret: isSecret })),
    rate_limit: webhook.ratePerSecond,
    timeout_seconds: webhook.timeoutMs && webhook.timeoutMs / 1_000,
    is_paused: webhook.pause !== null,
    paused_until: nullableIsoTime(webhook.pause?.until ?? null),
    listener: webhook.listener && toListenerView(webhook.listener, now),
    created_at: isoTime(webhook.createdAt),
    updated_at: isoTime(webhook.updatedAt),
    warnings: webhook.warnings.map(toWarningView),
    disabled_reason: webhook.disabledReason,
  };
}

export const recoveryView = z
  .object({
    total: z
      .int()
      .describe("Deliveries to send again, as far as they are known: more are found in a long range"),
    done: z.int().describe("How many of them are dealt with: sent again, or in no need of it any more"),
    state: z
      .enum(recoveryStates)
      .describe("cancelled = somebody stopped it; what it had sent again stays so"),
  })
  .meta({ id: "Recovery" });

export const toRecoveryView = ({ total, done, state }: Recovery): z.infer<typeof recoveryView> => ({
  total,
  done,
  state,
});

/** A recovery in a list, where it also needs a name and an age. */
export const runningRecoveryView = recoveryView
  .extend({ id: z.uuid(), created_at: timeView })
  .meta({ id: "RunningRecovery" });

export const toRunningRecoveryView = (recovery: Recovery): z.infer<typeof runningRecoveryView> => ({
  id: recovery.id,
  created_at: isoTime(recovery.createdAt),
  ...toRecoveryView(recovery),
});
