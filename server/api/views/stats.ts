import { z } from "zod";
import { deliveryErrorView } from "./delivery";
import { rotationView } from "./rotation";
import { timeView } from "./time";

/** The ranges that charts offer. */
export const statsRanges = ["1h", "24h", "7d", "30d"] as const;

const milliseconds = z.int().nullable();
const rate = z.number().min(0).max(1).nullable().describe("Share of attempts that got a 2xx; null when none");

const spanView = {
  range: z.enum(statsRanges).nullable().describe("Null when it was asked for from and until when"),
  from: timeView.describe("Where the first bar begins"),
  to: timeView.describe("Where the last bar ends"),
  step_ms: z.int().describe("How wide a bar is, but for those of a day or a quarter in which clocks change"),
};

const outcomeCounts = { delivered: z.int(), failed: z.int() };

/** What a webhook's queue is up to. */
const queueView = {
  pending_count: z.int().describe("Deliveries waiting, those in flight included"),
  held: z
    .enum(["inactive", "paused", "listener", "platform", "breaker"])
    .nullable()
    .describe(
      "What holds what is due: it is off, it is paused, the platform has paused all delivery, or its breaker is open",
    ),
  held_count: z.int().describe("Of those that wait, how many that holds"),
  safe_until: timeView.describe(
    "When what has waited longest ends as expired if it is not sent before; with nothing waiting, what comes now",
  ),
  disabled_at: timeView.nullable().describe("Since when it is off"),
  opened_at: timeView.nullable().describe("Since when the breaker is open; null while closed"),
  next_probe_at: timeView.nullable(),
  failing_since: timeView.nullable(),
  failures_in_a_row: z.int(),
  last_error: deliveryErrorView.nullable(),
  recovered_at: timeView
    .nullable()
    .describe(
      "When an attempt succeeded after others had failed; null while it fails, and when it never did",
    ),
  is_draining: z.boolean().describe("What was held goes out, from one at a time"),
  disables_at: timeView
    .nullable()
    .describe("When it may be switched off at the earliest, unless something is delivered before"),
  failures_to_disable: z.int().nullable().describe("How many more attempts have to fail until then"),
};

export const overviewView = z.object({
  ...spanView,
  delivered: z.int(),
  failed: z.int(),
  delivered_rate: rate,
  p95_ms: milliseconds,
  pending_count: z.int(),
  held_count: z.int(),
  all_paused_at: timeView
    .nullable()
    .describe("Since when the platform has paused all delivery; null while it has not"),
  webhooks: z.array(
    z.object({
      webhook_id: z.uuid(),
      ...outcomeCounts,
      delivered_rate: rate,
      p95_ms: milliseconds,
      buckets: z.array(z.object({ start: timeView, end: timeView, ...outcomeCounts })),
      ...queueView,
    }),
  ),
});

const latencies = { p50_ms: milliseconds, p95_ms: milliseconds, p99_ms: milliseconds };

export const webhookStatsView = z.object({
  ...spanView,
  ...outcomeCounts,
  delivered_rate: rate,
  ...latencies,
  buckets: z.array(z.object({ start: timeView, end: timeView, ...outcomeCounts, ...latencies })),
  by_type: z.array(z.object({ event_type: z.string(), ...outcomeCounts })),
  by_code: z.array(
    z.object({ code: z.string().describe("HTTP status, or error code when no answer came"), count: z.int() }),
  ),
  queue: z.object({
    ...queueView,
    set_aside: z
      .array(z.object({ status_code: z.int(), words: z.string(), count: z.int(), oldest_at: timeView }))
      .describe("What waits although its last answer refused the content, by what that said; largest first"),
    pace: z
      .object({ taken: z.int(), refused: z.int(), most_in_a_minute: z.int().nullable() })
      .nullable()
      .describe(
        "What it took in the last 5 minutes while it answered 429 to more, and the most in one of these minutes; null if it did not",
      ),
    rotation: rotationView
      .nullable()
      .describe("The latest change of the secret; null when it never changed, or there is none"),
    retry_schedule_ms: z.array(z.int()).describe("Delays after the first attempt"),
  }),
});
