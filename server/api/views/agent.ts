import { z } from "zod";
import type { AgentTrace, ApiKey, Attempt, Delivery, Subscription } from "@/db/store";
import { details } from "@/domain/agent/event-data";
import type { Diagnosis, Explanation } from "@/domain/diagnosis/diagnose";
import { conditionWords } from "@/domain/filter/words";
import type { RecentHealth } from "@/domain/webhook/recent-health";
import { deliveryView, deliveryWithAttemptsView, toAttemptView, toDeliveryView } from "./delivery";
import { toDiagnosisView, toExplanationView } from "./diagnosis";
import { isoTime, nullableIsoTime, timeView } from "./time";
import { healthView, toHealthView } from "./webhook";

export const agentView = z
  .object({
    id: z.string().describe("Of its subscription, as the agent knows it: sub_…"),
    event_type: z.string(),
    arguments: z.record(z.string(), z.unknown()).describe("What it asked for, as it sent them"),
    asks_for: z
      .string()
      .nullable()
      .describe("What its arguments ask of an event's data, in words; null when it takes all of the type"),
    detail: z
      .enum(details)
      .describe("ids: it is sent ids, states, counts, times and a link; full: all of the event's data"),
    client: z.string().nullable().describe("What its program calls itself; null when it did not say"),
    key: z
      .object({ id: z.uuid(), name: z.string().nullable(), prefix: z.string() })
      .nullable()
      .describe("The API key that subscribed; null when that was revoked, which ends it"),
    callback_url: z.string().describe("Where its events are sent"),
    is_active: z
      .boolean()
      .describe("Whether events are sent as they come; false while its URL fails too often for that"),
    health: healthView.describe("How it fares over the last 15 minutes"),
    last_delivery_at: timeView
      .nullable()
      .describe("When something was last delivered to it; null when never"),
    pending_count: z.int().describe("Deliveries that wait"),
    failure: z
      .object({
        code: z.string().describe("Stable; /docs/causes lists them all"),
        meaning: z.string(),
        next_step: z.string(),
      })
      .nullable()
      .describe("Why its latest attempt failed; null when that succeeded, or none was made"),
    created_at: timeView,
    expires_at: timeView.describe("When it ends, unless the agent refreshes it before"),
  })
  .meta({ id: "Agent" });

/** A subscription as people see it. `key` is the one that subscribed, and `failure` what its latest attempt came to. */
export function toAgentView(
  subscription: Subscription,
  { key, health, failure }: { key: ApiKey | undefined; health: RecentHealth; failure: Diagnosis | null },
): z.infer<typeof agentView> {
  const { webhook } = subscription;
  const condition = webhook.conditions?.[subscription.name];
  return {
    id: subscription.id,
    event_type: subscription.name,
    arguments: subscription.arguments,
    asks_for: condition ? conditionWords(condition) : null,
    detail: subscription.detail,
    client: subscription.client,
    key: key ? { id: key.id, name: key.name, prefix: key.prefix } : null,
    callback_url: webhook.url,
    is_active: webhook.isActive && webhook.breaker === null,
    health: toHealthView(health),
    last_delivery_at: nullableIsoTime(subscription.deliveredAt),
    pending_count: webhook.pendingCount,
    failure: failure && { code: failure.code, meaning: failure.meaning, next_step: failure.nextStep },
    created_at: isoTime(webhook.createdAt),
    expires_at: isoTime(subscription.expiresAt),
  };
}

/** What delivers to an agent is no webhook that anybody could ask for. */
const ofWebhooks = { webhook_id: true, tried_url: true } as const;

export const agentDeliveryView = deliveryView.omit(ofWebhooks).meta({ id: "AgentDelivery" });

export function toAgentDeliveryView(
  delivery: Delivery,
  options: { details?: boolean } = {},
): z.infer<typeof agentDeliveryView> {
  const { webhook_id: _, tried_url: __, ...view } = toDeliveryView(delivery, options);
  return view;
}

export const agentDeliveryWithAttemptsView = deliveryWithAttemptsView
  .omit(ofWebhooks)
  .meta({ id: "AgentDeliveryWithAttempts" });

/** One delivery as people see it, with why it failed or what is odd about it. */
export function toFullAgentDelivery(
  { delivery, attempts }: { delivery: Delivery; attempts: Attempt[] },
  { diagnosis, hint }: { diagnosis: Diagnosis | null; hint: Explanation | null },
  options: { details?: boolean } = {},
): z.infer<typeof agentDeliveryWithAttemptsView> {
  return {
    ...toAgentDeliveryView(delivery, options),
    diagnosis: diagnosis && toDiagnosisView(diagnosis),
    hint: hint && toExplanationView(hint),
    attempts: attempts.map((attempt) => toAttemptView(attempt, options)),
  };
}

export const agentTraceView = z
  .object({
    agent_id: z.string(),
    client: z.string().nullable(),
    callback_url: z.string(),
    delivery: agentDeliveryView
      .nullable()
      .describe("Its delivery of the event, without request and response; null when there is none"),
    why: z.string().nullable().describe("Why it was not sent the event; null when it was"),
  })
  .meta({ id: "AgentTrace" });

export function toAgentTraceView(
  { subscription: { id, client, webhook }, delivery, why }: AgentTrace,
  options: { details?: boolean } = {},
): z.infer<typeof agentTraceView> {
  const about = { agent_id: id, client, callback_url: webhook.url };
  if (delivery === null) return { ...about, delivery, why };
  const { content: _, ...short } = delivery;
  return { ...about, delivery: toAgentDeliveryView(short, options), why };
}
