import { z } from "zod";
import type { DeliveryPause, Webhook } from "@/db/store";
import { latencyPercentileMs, type Rollup } from "@/domain/delivery/rollup";
import { readProcedure } from "../../trpc";
import { overviewView, statsRanges } from "../../views/stats";
import { nullableIsoTime } from "../../views/time";
import { deliveredRate, frameOf, sumOf, toBar, toBuckets, toCounts } from "./buckets";
import { toQueueView } from "./queue";

/** How all of the customer's webhooks are doing: one row each, and the totals. */
export const getOverview = readProcedure
  .input(z.object({ range: z.enum(statsRanges).default("24h") }).default({ range: "24h" }))
  .output(overviewView)
  .query(async ({ ctx, input: { range } }) => {
    const { store, clock, env } = ctx.runtime;
    const now = clock();
    const frame = frameOf(range, now);
    const webhooks = await store.listWebhooks(ctx.customerId);
    const rollups = await store.listRollups(ctx.customerId, frame.since, frame.read);
    const allPause = await store.findDeliveryPause();
    const rows = webhooks.map((webhook) => {
      const own = rollups.filter(({ webhookId }) => webhookId === webhook.id);
      return { webhook, buckets: toBuckets(own, frame) };
    });
    const all = sumOf(rows.flatMap(({ buckets }) => buckets.map(({ rollup }) => rollup)));
    const views = rows.map(({ webhook, buckets }) => toRow(webhook, buckets, allPause, env.retentionMs, now));
    return {
      range,
      step_ms: frame.stepMs,
      ...toSummary(all),
      pending_count: views.reduce((sum, { pending_count }) => sum + pending_count, 0),
      held_count: views.reduce((sum, { held_count }) => sum + held_count, 0),
      all_paused_at: nullableIsoTime(allPause?.pausedAt ?? null),
      webhooks: views,
    };
  });

function toRow(
  webhook: Webhook,
  buckets: { start: number; rollup: Rollup }[],
  allPause: DeliveryPause | null,
  retentionMs: number,
  now: number,
) {
  return {
    webhook_id: webhook.id,
    ...toSummary(sumOf(buckets.map(({ rollup }) => rollup))),
    buckets: buckets.map(toBar),
    ...toQueueView(webhook, allPause, retentionMs, now),
  };
}

const toSummary = (rollup: Rollup) => ({
  ...toCounts(rollup),
  delivered_rate: deliveredRate(rollup),
  p95_ms: latencyPercentileMs(rollup, 0.95),
});
