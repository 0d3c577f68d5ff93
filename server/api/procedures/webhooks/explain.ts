import { z } from "zod";
import type { Delivery, DeliveryFilter, Store, Webhook } from "@/db/store";
import { diagnose } from "@/domain/diagnosis/diagnose";
import { notFound } from "@/domain/errors";
import { evidenceOf } from "../../diagnosis/evidence";
import { explainDelivery } from "../../diagnosis/explain";
import { webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { diagnosisView, toDiagnosisView } from "../../views/diagnosis";
import { nullableIsoTime, timeView } from "../../views/time";
import { sumOf } from "../stats/buckets";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Minutes are kept a little longer, hours for as long as anything. */
const dayMs = 24 * hourMs;

/** How many deliveries of a kind are looked through. */
const recentDeliveries = 50;

/** Why a webhook's deliveries fail: the diagnosis of the attempt that ended last, and what came back since when. */
export const explainWebhook = readProcedure
  .input(z.object({ webhook_id: webhookId }))
  .output(
    z
      .object({
        diagnosis: diagnosisView
          .nullable()
          .describe("Of the attempt that ended last; null when it succeeded, and before the first"),
        event_id: z.string().nullable().describe("The event whose delivery shows it"),
        event_type: z.string().nullable(),
        failing_since: timeView.nullable(),
        failures_in_a_row: z.int(),
        outcomes: z
          .array(z.object({ code: z.string(), count: z.int() }))
          .describe(
            "What attempts came to in the minutes since it fails (in the hours, after a day): HTTP status, or error code when no answer came; most first",
          ),
        last_success_at: timeView
          .nullable()
          .describe("When something was last delivered, as far as its latest deliveries tell"),
      })
      .meta({ id: "WebhookDiagnosis" }),
  )
  .query(async ({ ctx, input: { webhook_id } }) => {
    const { store, clock } = ctx.runtime;
    const webhook = await store.getWebhook(ctx.customerId, webhook_id);
    if (!webhook) throw notFound("webhook");
    const example = webhook.lastAttemptOk === false ? await findExample(store, webhook) : null;
    return {
      diagnosis: await diagnosisOf(store, webhook, example),
      event_id: example?.eventId ?? null,
      event_type: example?.eventType ?? null,
      failing_since: nullableIsoTime(webhook.failingSince),
      failures_in_a_row: webhook.failuresInARow,
      outcomes: await outcomesSince(store, webhook, clock()),
      last_success_at: nullableIsoTime(await lastSuccessAt(store, webhook)),
    };
  });

/** A delivery whose latest attempt ended as the webhook's did. */
async function findExample(store: Store, webhook: Webhook): Promise<Delivery | null> {
  const isLike = ({ error, statusCode }: Delivery) =>
    error !== null && error.code === webhook.lastError?.code && statusCode === webhook.lastStatusCode;
  const recent = await listRecent(store, webhook, {});
  const codeClass = Math.floor((webhook.lastStatusCode ?? 0) / 100);
  return recent.find(isLike) ?? (await listRecent(store, webhook, { codeClass })).find(isLike) ?? null;
}

/** Of the newest that were delivered. */
async function lastSuccessAt(store: Store, webhook: Webhook): Promise<number | null> {
  const delivered = await listRecent(store, webhook, { status: "delivered" });
  const ends = delivered.flatMap(({ endedAt }) => endedAt ?? []);
  return ends.length > 0 ? Math.max(...ends) : null;
}

/** Without tests of other URLs, which say nothing about the webhook. */
async function listRecent(
  store: Store,
  { customerId, id: webhookId }: Webhook,
  filter: Pick<DeliveryFilter, "status" | "codeClass">,
): Promise<Delivery[]> {
  const page = await store.listDeliveries(customerId, {
    ...filter,
    webhookId,
    content: false,
    pageSize: recentDeliveries,
  });
  return (page?.items ?? []).filter(({ triedUrl }) => triedUrl === null);
}

async function diagnosisOf(store: Store, webhook: Webhook, example: Delivery | null) {
  const { lastError, lastAttemptOk, lastStatusCode, customerId, id } = webhook;
  if (lastAttemptOk !== false) return null;
  const found = example && (await store.getDelivery(customerId, id, example.eventId));
  const diagnosis = found && (await explainDelivery(store, customerId, found));
  if (diagnosis) return toDiagnosisView(diagnosis);
  const evidence = evidenceOf({ eventType: "", isTest: false }, [], lastError, webhook);
  return toDiagnosisView(diagnose({ ...evidence, statusCode: lastStatusCode }));
}

/** Counts begin with the minute in which the first of these attempts failed; with the hour, when that was long ago. */
async function outcomesSince(store: Store, { id, customerId, failingSince }: Webhook, now: number) {
  if (failingSince === null) return [];
  const [step, stepMs] =
    now - failingSince < dayMs ? (["minute", minuteMs] as const) : (["hour", hourMs] as const);
  const since = Math.floor(failingSince / stepMs) * stepMs;
  const rollups = await store.listRollups(customerId, since, step);
  const { codes } = sumOf(rollups.filter(({ webhookId }) => webhookId === id).map(({ rollup }) => rollup));
  return Object.entries(codes)
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count);
}
