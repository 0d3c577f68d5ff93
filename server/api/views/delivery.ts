import { z } from "zod";
import type { Attempt, Delivery, StoredResponse } from "@/db/store";
import { attemptReasons, deliveryStatuses } from "@/domain/delivery/decide";
import { heldReasons } from "@/domain/delivery/held";
import { type AttemptError, errorCodes, type Peer } from "@/domain/delivery/outcome";
import { diagnosisView, explanationView } from "./diagnosis";
import { isoTime, nullableIsoTime, timeView } from "./time";

export const deliveryErrorView = z
  .object({ code: z.enum(errorCodes), message: z.string() })
  .meta({ id: "DeliveryError" });

/** A failure as everybody sees it: what exactly was seen is for the diagnosis. */
export const toErrorView = (error: AttemptError | null): z.infer<typeof deliveryErrorView> | null =>
  error && { code: error.code, message: error.message };

const requestView = z.object({
  headers: z.record(z.string(), z.string()).describe("As sent, without the signatures"),
  payload: z.string().describe("The exact text of the body"),
});

const attemptRequestView = requestView.omit({ payload: true });

const responseView = z.object({
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.string().describe("The start of the body as UTF-8 text, at most 16 KiB"),
  truncated: z.boolean().describe("Whether the body was longer"),
});

/** What only the dashboard asks for, with `details: true`. */
const deliveryDetails = z.object({
  in_flight: z.boolean(),
  tries: z.int(),
  duration_ms: z.number().nullable(),
  ended_at: timeView.nullable(),
  url: z.string().nullable(),
});

export const deliveryView = z
  .object({
    id: z.string().describe("The event's id"),
    webhook_id: z.uuid(),
    event_type: z.string(),
    timestamp: timeView.describe("When the event was accepted"),
    status: z.enum(deliveryStatuses),
    status_code: z.int().nullable().describe("HTTP status of the latest attempt; null when no answer came"),
    attempt_count: z.int(),
    next_attempt_at: timeView.nullable(),
    held: z
      .enum(heldReasons)
      .nullable()
      .describe(
        "Why it waits: its webhook is off (inactive) or paused, its breaker is open, its content was refused and it keeps a schedule of its own (set_aside), or as many requests as may are under way (limit)",
      ),
    is_test: z.boolean(),
    tried_url: z
      .string()
      .nullable()
      .describe("The URL that a test tried in place of the webhook's; null for everything else"),
    error: deliveryErrorView.nullable().describe("Why the latest attempt failed; null on success"),
    request: requestView.optional().describe("The latest attempt's request"),
    response: responseView
      .nullable()
      .optional()
      .describe("The latest attempt's response; null when none came"),
    diagnosis: diagnosisView
      .nullable()
      .optional()
      .describe("Why the latest attempt failed, where one delivery was asked for; null when it did not"),
    hint: explanationView
      .nullable()
      .optional()
      .describe(
        "What is odd about an answer that counts as delivered, told with the diagnosis; null when nothing is",
      ),
    details: deliveryDetails.optional().meta({ dashboardOnly: true }),
  })
  .meta({ id: "Delivery" });

/** A delivery as people see it. Request and response are there when the store was asked for content. */
export function toDeliveryView(
  delivery: Delivery,
  options: { details?: boolean } = {},
): z.infer<typeof deliveryView> {
  const { content } = delivery;
  return {
    id: delivery.eventId,
    webhook_id: delivery.webhookId,
    event_type: delivery.eventType,
    timestamp: isoTime(delivery.timestamp),
    status: delivery.status,
    status_code: delivery.statusCode,
    attempt_count: delivery.attemptCount,
    next_attempt_at: nullableIsoTime(delivery.nextAttemptAt),
    held: delivery.held,
    is_test: delivery.isTest,
    tried_url: delivery.triedUrl,
    error: delivery.error,
    ...(content && {
      request: { headers: content.request?.headers ?? {}, payload: content.payload },
      response: toResponseView(content.response),
    }),
    ...(options.details && {
      details: {
        in_flight: delivery.inFlight,
        tries: delivery.tries,
        duration_ms: delivery.durationMs,
        ended_at: nullableIsoTime(delivery.endedAt),
        url: content?.request?.url ?? null,
      },
    }),
  };
}

// Receivers answer any bytes: what is no UTF-8 becomes replacement characters, a byte order mark stays.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function toResponseView(response: StoredResponse | null): z.infer<typeof responseView> | null {
  if (!response) return null;
  return { headers: response.headers, body: decoder.decode(response.body), truncated: response.truncated };
}

const milliseconds = z.number().nullable();

const attemptView = z
  .object({
    number: z.int().describe("1, 2, … without gaps"),
    started_at: timeView,
    duration_ms: z.number(),
    status_code: z.int().nullable(),
    error: deliveryErrorView.nullable(),
    reason: z.enum(attemptReasons),
    timings: z
      .object({
        dns: milliseconds,
        connect: milliseconds,
        tls: milliseconds,
        first_byte: milliseconds,
        body: milliseconds,
      })
      .describe("Milliseconds in each phase; null where a phase did not happen"),
    request: attemptRequestView.describe("The body is the delivery's payload, the same in every attempt"),
    response: responseView.nullable(),
    details: z
      .object({
        url: z.string().nullable(),
        peer: z.object({
          address: z.string().nullable(),
          tls_version: z.string().nullable(),
          certificate_expires_at: z.string().nullable(),
          reused: z.boolean(),
          resent: z.boolean(),
        }),
      })
      .optional()
      .meta({ dashboardOnly: true }),
  })
  .meta({ id: "Attempt" });

/** An attempt as people see it, beside the delivery that has the payload. */
export function toAttemptView(
  attempt: Attempt,
  options: { details?: boolean } = {},
): z.infer<typeof attemptView> {
  return {
    number: attempt.number,
    started_at: isoTime(attempt.startedAt),
    duration_ms: attempt.durationMs,
    status_code: attempt.statusCode,
    error: toErrorView(attempt.error),
    reason: attempt.reason,
    timings: attempt.timings,
    request: { headers: attempt.request?.headers ?? {} },
    response: toResponseView(attempt.response),
    ...(options.details && {
      details: {
        url: attempt.request?.url ?? null,
        peer: toPeerView(attempt.peer),
      },
    }),
  };
}

const toPeerView = ({ address, tls_version, certificate_expires_at, reused, facts }: Peer) => ({
  address,
  tls_version,
  certificate_expires_at,
  reused,
  resent: facts?.resent === true,
});

export const deliveryWithAttemptsView = deliveryView
  .extend({
    attempts: z
      .array(attemptView)
      .describe("The latest 100, newest first; fewer when their answers are large"),
  })
  .meta({ id: "DeliveryWithAttempts" });
