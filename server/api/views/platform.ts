import { z } from "zod";
import type { CustomerSurvey, DeliveryPause, Find, Trace } from "@/db/store";
import { customerView, toCustomerView } from "./customer";
import { toTraceView, traceView } from "./event";
import { isoTime, nullableIsoTime, timeView } from "./time";

export const deliveryPauseView = z.object({
  paused_at: timeView,
  paused_by: z.string().nullable().describe("The name that an operator gave; null when a program did it"),
});

export const toDeliveryPauseView = ({ pausedAt, pausedBy }: DeliveryPause) => ({
  paused_at: isoTime(pausedAt),
  paused_by: pausedBy,
});

export const surveyView = customerView.extend({
  webhooks: z
    .object({ active: z.int(), failing: z.int(), paused: z.int(), disabled: z.int() })
    .describe("Its webhooks by what they show; a paused one counts as that alone"),
  pending_count: z.int().describe("Deliveries that wait or are in flight"),
  held_count: z
    .int()
    .describe("Those of them that their webhooks hold: switched off, paused, or behind a breaker"),
  last_event_at: timeView.nullable(),
  failed_24h: z.int().describe("Attempts that failed in the last 24 hours, by the hour; tests left out"),
});

export const toSurveyView = (survey: CustomerSurvey): z.infer<typeof surveyView> => ({
  ...toCustomerView(survey),
  webhooks: survey.webhooks,
  pending_count: survey.pending,
  held_count: survey.held,
  last_event_at: nullableIsoTime(survey.lastEventAt),
  failed_24h: survey.failedAttempts,
});

const customer = customerView;

export const findView = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("customer"), customer }),
  z.object({ kind: z.literal("webhook"), customer, webhook_id: z.uuid(), webhook_url: z.string() }),
  z.object({
    kind: z.literal("event"),
    customer,
    event_id: z.string(),
    event_type: z.string(),
    created_at: timeView,
    webhooks: z.array(traceView).describe("What came of it, per webhook of the customer"),
  }),
]);

/** `traces` are those of an event. */
export function toFindView(find: Find, traces: Trace[]): z.infer<typeof findView> {
  const customer = toCustomerView(find.customer);
  if (find.kind === "webhook") {
    return { kind: "webhook", customer, webhook_id: find.webhookId, webhook_url: find.webhookUrl };
  }
  if (find.kind === "customer") return { kind: "customer", customer };
  const { eventId, eventType, createdAt } = find;
  return {
    kind: "event",
    customer,
    event_id: eventId,
    event_type: eventType,
    created_at: isoTime(createdAt),
    webhooks: traces.map((trace) => toTraceView(trace)),
  };
}

export const deliveryOverviewView = z.object({
  version: z.string(),
  pause: deliveryPauseView.nullable(),
  customers: z.int(),
  webhooks: z.int(),
  open_breakers: z.int(),
  pending_count: z.int().describe("Deliveries that wait or are in flight, of all customers"),
  oldest_due_age_ms: z
    .int()
    .nullable()
    .describe("For how long what has waited longest could have been claimed; null when nothing is due"),
  workers: z.array(
    z.object({
      id: z.string(),
      host: z.string().describe("Where it runs: boot and process namespace; empty where nobody can tell"),
      pid: z.int(),
      beat_age_ms: z.int().describe("How long ago it was heard of; each is heard of once a second"),
      is_alive: z.boolean(),
    }),
  ),
  replica: z.object({ in_use: z.boolean(), lag_ms: z.int().nullable() }).nullable(),
  hours: z
    .array(z.object({ start: timeView, delivered: z.int(), failed: z.int() }))
    .describe(
      "Attempts of all customers in each of the last 24 hours, the one that runs included; tests left out",
    ),
});
