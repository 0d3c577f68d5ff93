import { z } from "zod";
import type { Event, EventPage, Trace } from "@/db/store";
import { deliveryStatuses } from "@/domain/delivery/decide";
import { dataJsonSchema } from "@/domain/event/catalogue";
import type { EventType } from "@/domain/event/event-type";
import { agentTraceView } from "./agent";
import { deliveryView, toDeliveryView } from "./delivery";
import { hitView } from "./search";
import { isoTime, timeView } from "./time";

export const eventView = z
  .object({
    id: z.string(),
    type: z.string(),
    created_at: timeView.describe("When it was accepted"),
    data: z.unknown(),
    deliveries: z.int().describe("How many webhooks matched when it was accepted"),
    is_test: z.boolean(),
  })
  .meta({ id: "Event" });

export function toEventView(event: Event): z.infer<typeof eventView> {
  const body: { data: unknown } = JSON.parse(event.payload);
  return {
    id: event.id,
    type: event.type,
    created_at: isoTime(event.createdAt),
    data: body.data,
    deliveries: event.deliveries,
    is_test: event.isTest,
  };
}

export const listedEventView = eventView
  .extend({
    outcomes: z
      .partialRecord(z.enum(deliveryStatuses), z.int())
      .describe("How many of its deliveries stand how; of those that are kept"),
    hit: hitView,
  })
  .meta({ id: "ListedEvent" });

export const toListedEventView = ({
  hit,
  outcomes,
  ...event
}: EventPage["items"][number]): z.infer<typeof listedEventView> => ({ ...toEventView(event), outcomes, hit });

export const traceView = z
  .object({
    webhook_id: z.uuid(),
    webhook_url: z.string(),
    delivery: deliveryView.nullable().describe("Its delivery of the event, without request and response"),
    reason: z
      .enum(["inactive", "not_subscribed", "filtered", "about_itself", "created_later", "pruned"])
      .nullable()
      .describe(
        "Why there is no delivery (filtered: its content was not what the webhook's conditions ask for; pruned: there was one, longer ago than is kept); null when there is one",
      ),
    why: z
      .string()
      .nullable()
      .describe(
        "Of what was filtered: what its content was, and what was asked for, when it was accepted; else null",
      ),
  })
  .meta({ id: "Trace" });

export function toTraceView(trace: Trace, options: { details?: boolean } = {}): z.infer<typeof traceView> {
  const { webhookId: webhook_id, webhookUrl: webhook_url } = trace;
  if (!trace.delivery)
    return { webhook_id, webhook_url, delivery: null, reason: trace.reason, why: trace.why };
  const { content: _, ...delivery } = trace.delivery;
  return { webhook_id, webhook_url, delivery: toDeliveryView(delivery, options), reason: null, why: null };
}

export const tracedEventView = eventView
  .extend({
    webhooks: z.array(traceView).describe("What came of it, per webhook of the customer"),
    agents: z
      .array(agentTraceView)
      .describe("The same for agents that asked for its type, those aside that ended since"),
  })
  .meta({ id: "TracedEvent" });

export const publishedView = z
  .object({
    id: z.string(),
    deliveries: z.int().describe("To how many webhooks it goes"),
    duplicate: z.literal(true).optional().describe("Set when the same event was accepted before"),
  })
  .meta({ id: "PublishedEvent" });

export const eventTypeView = z
  .object({
    type: z.string(),
    description: z.string(),
    target_type: z.string(),
    schema: z.record(z.string(), z.unknown()).describe("JSON Schema of data"),
    sample: z.record(z.string(), z.unknown()).describe("An example of data"),
  })
  .meta({ id: "EventType" });

export const toEventTypeView = (entry: EventType): z.infer<typeof eventTypeView> => ({
  type: entry.type,
  description: entry.description,
  target_type: entry.targetType,
  schema: { ...dataJsonSchema(entry) },
  sample: entry.sample,
});
