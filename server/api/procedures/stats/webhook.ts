import { z } from "zod";
import { notFound } from "@/domain/errors";
import { webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { toRotationView } from "../../views/rotation";
import { webhookStatsView } from "../../views/stats";
import { isoTime } from "../../views/time";
import { deliveredRate, sumOf, toBar, toBuckets, toCounts, toLatencies } from "./buckets";
import { paceSince, toPaceView } from "./pace";
import { toQueueView } from "./queue";
import { barsFor, spanInput, toSpanView } from "./span";

/** What one webhook's charts show, and what its queue is up to. */
export const getWebhookStats = readProcedure
  .input(
    z.object({
      webhook_id: webhookId,
      ...spanInput,
    }),
  )
  .output(webhookStatsView)
  .query(async ({ ctx, input }) => {
    const { webhook_id } = input;
    const { store, clock, env } = ctx.runtime;
    const webhook = await store.getWebhook(ctx.customerId, webhook_id);
    if (!webhook) throw notFound("webhook");
    const now = clock();
    const bars = barsFor(input, now);
    const rollups = await store.listRollups(ctx.customerId, bars.edges[0] ?? now, bars.read);
    const minutes = await store.listRollups(ctx.customerId, paceSince(now), "minute");
    const allPause = await store.findDeliveryPause();
    const refusals = await store.listRefusals(ctx.customerId, webhook_id);
    const own = rollups.filter(({ webhookId }) => webhookId === webhook.id);
    const buckets = toBuckets(own, bars);
    const all = sumOf(buckets.map(({ rollup }) => rollup));
    return {
      range: input.from === undefined ? input.range : null,
      ...toSpanView(bars),
      ...toCounts(all),
      delivered_rate: deliveredRate(all),
      ...toLatencies(all),
      buckets: buckets.map((bucket) => ({ ...toBar(bucket), ...toLatencies(bucket.rollup) })),
      by_type: Object.entries(all.types)
        .map(([event_type, counts]) => ({ event_type, ...counts }))
        .sort((a, b) => b.delivered + b.failed - (a.delivered + a.failed)),
      by_code: Object.entries(all.codes)
        .map(([code, count]) => ({ code, count }))
        .sort((a, b) => b.count - a.count),
      queue: {
        ...toQueueView(webhook, allPause, env.retentionMs, now),
        set_aside: refusals.map(({ statusCode, words, count, oldestAt }) => ({
          status_code: statusCode,
          words,
          count,
          oldest_at: isoTime(oldestAt),
        })),
        pace: toPaceView(
          minutes.filter(({ webhookId }) => webhookId === webhook.id),
          now,
        ),
        rotation: toRotationView(webhook.rotation),
        retry_schedule_ms: env.retryScheduleMs,
      },
    };
  });
