import { z } from "zod";
import { notFound } from "@/domain/errors";
import { webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { toRotationView } from "../../views/rotation";
import { statsRanges, webhookStatsView } from "../../views/stats";
import { isoTime } from "../../views/time";
import { deliveredRate, frameOf, sumOf, toBar, toBuckets, toCounts, toLatencies } from "./buckets";
import { paceSince, toPaceView } from "./pace";
import { toQueueView } from "./queue";

/** What one webhook's charts show, and what its queue is up to. */
export const getWebhookStats = readProcedure
  .input(
    z.object({
      webhook_id: webhookId,
      range: z.enum(statsRanges).default("24h"),
    }),
  )
  .output(webhookStatsView)
  .query(async ({ ctx, input: { webhook_id, range } }) => {
    const { store, clock, env } = ctx.runtime;
    const webhook = await store.getWebhook(ctx.customerId, webhook_id);
    if (!webhook) throw notFound("webhook");
    const now = clock();
    const frame = frameOf(range, now);
    const rollups = await store.listRollups(ctx.customerId, frame.since, frame.read);
    const minutes = await store.listRollups(ctx.customerId, paceSince(now), "minute");
    const allPause = await store.findDeliveryPause();
    const refusals = await store.listRefusals(ctx.customerId, webhook_id);
    const own = rollups.filter(({ webhookId }) => webhookId === webhook.id);
    const buckets = toBuckets(own, frame);
    const all = sumOf(buckets.map(({ rollup }) => rollup));
    return {
      range,
      step_ms: frame.stepMs,
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
