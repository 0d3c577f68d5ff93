import { z } from "zod";
import type { DeliveryPause, Webhook } from "@/db/store";
import { latencyPercentileMs, type Rollup } from "@/domain/delivery/rollup";
import { readProcedure } from "../../trpc";
import { overviewView } from "../../views/stats";
import { nullableIsoTime } from "../../views/time";
import { type Bucket, deliveredRate, sumOf, toBar, toBuckets, toCounts } from "./buckets";
import { toQueueView } from "./queue";
import { barsFor, spanInput, toSpanView } from "./span";

/** How all of the customer's webhooks are doing: one row each, and the totals. */
export const getOverview = readProcedure
  .input(z.object(spanInput).prefault({}))
  .output(overviewView)
  .query(async ({ ctx, input }) => {
    const { store, clock, env } = ctx.runtime;
    const now = clock();
    const bars = barsFor(input, now);
    const webhooks = await store.listWebhooks(ctx.customerId);
    const rollups = await store.listRollups(ctx.customerId, bars.edges[0] ?? now, bars.read);
    const allPause = await store.findDeliveryPause();
    const rows = webhooks.map((webhook) => {
      const own = rollups.filter(({ webhookId }) => webhookId === webhook.id);
      return { webhook, buckets: toBuckets(own, bars) };
    });
    const all = sumOf(rows.flatMap(({ buckets }) => buckets.map(({ rollup }) => rollup)));
    const views = rows.map(({ webhook, buckets }) => toRow(webhook, buckets, allPause, env.retentionMs, now));
    return {
      range: input.from === undefined ? input.range : null,
      ...toSpanView(bars),
      ...toSummary(all),
      pending_count: views.reduce((sum, { pending_count }) => sum + pending_count, 0),
      held_count: views.reduce((sum, { held_count }) => sum + held_count, 0),
      all_paused_at: nullableIsoTime(allPause?.pausedAt ?? null),
      webhooks: views,
    };
  });

function toRow(
  webhook: Webhook,
  buckets: Bucket[],
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
