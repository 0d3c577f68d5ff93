import { dataJsonSchema, receivedTypes } from "@/domain/event/catalogue";
import { eventName } from "@/domain/event/event-name";
import type { EventType } from "@/domain/event/event-type";
import type { JsonSchema } from "./schemas";
import { receiving } from "./tags";
import type { OpenApi, Operation, Parameter } from "./types";

/** What receivers get, one entry per event type. */
export const receiverCalls = (): OpenApi["webhooks"] =>
  Object.fromEntries(receivedTypes.map((entry) => [entry.type, { post: receiverCall(entry) }]));

const sampleId = "0193a6f5-3b1e-7c8d-9f42-6d0a1b7e5c93";
const sampleTime = "2026-03-12T09:41:27.642Z";

function receiverCall(entry: EventType): Operation {
  const { type, sample } = entry;
  const example = { id: sampleId, type, created_at: sampleTime, data: sample };
  return {
    operationId: `receive.${type}`,
    summary: entry.description,
    tags: [receiving.name],
    security: [],
    parameters: headersOf(entry),
    requestBody: { required: true, content: { "application/json": { schema: bodySchema(entry), example } } },
    responses: {
      "2XX": { description: "Delivered. Everything else is tried again by the schedule, redirects too." },
      "410": { description: "The endpoint is gone: the delivery ends and the webhook is switched off." },
    },
  };
}

function bodySchema(entry: EventType): JsonSchema {
  const { $schema: _, ...data } = dataJsonSchema(entry);
  return {
    type: "object",
    properties: {
      id: { type: "string", description: "The event's id: dedupe on it" },
      type: { const: entry.type },
      created_at: { type: "string", format: "date-time" },
      data,
    },
    required: ["id", "type", "created_at", "data"],
  };
}

function headersOf({ type, targetType }: EventType): Parameter[] {
  const text: JsonSchema = { type: "string" };
  const header = (name: string, description: string, schema = text, required = true): Parameter => ({
    name,
    in: "header",
    required,
    description,
    schema,
  });
  return [
    header("X-Webhook-Id", "The webhook"),
    header("X-Event-Id", "The event: the same on every retry and redelivery"),
    header("X-Customer-Id", "The customer"),
    header("X-Event-Name", "The type", { const: eventName(type) }),
    header("X-Target-Type", "What the event is about", { const: targetType }),
    header("X-Attempt", "1, 2, …", { type: "integer", minimum: 1 }),
    header("X-Attempt-Reason", "Why it is sent", { enum: ["scheduled", "manual", "test", "probe"] }),
    header("X-Signature", "sha256= and hex HMAC-SHA256 of the body; absent without a secret", text, false),
    header(
      "X-Signature-Next",
      "During a rotation's overlap: the same with the new secret, until you were seen to take it",
      text,
      false,
    ),
    header("X-Signature-Previous", "From then on: the same with the old secret", text, false),
    header("webhook-id", "The event's id (Standard Webhooks)"),
    header("webhook-timestamp", "Seconds since 1970", text),
    header("webhook-signature", "v1, and base64 HMAC-SHA256 of id.timestamp.body", text, false),
  ];
}
