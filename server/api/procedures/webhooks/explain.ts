import { z } from "zod";
import type { Attempt, Delivery, DeliveryFilter, Store, Webhook } from "@/db/store";
import { answerWords } from "@/domain/delivery/answer-words";
import type { Diagnosis } from "@/domain/diagnosis/diagnose";
import { notFound } from "@/domain/errors";
import type { RecentHealth } from "@/domain/webhook/recent-health";
import { explainDelivery, explainLast } from "../../diagnosis/explain";
import { webhookId } from "../../inputs";
import { recentHealths } from "../../show-webhooks";
import { readProcedure } from "../../trpc";
import { diagnosisView, toDiagnosisView } from "../../views/diagnosis";
import { toOutcomes } from "../../views/incident";
import { nullableIsoTime, timeView } from "../../views/time";
import { sumOf } from "../stats/buckets";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Minutes are kept a little longer, hours for as long as anything. */
const dayMs = 24 * hourMs;

/** How many deliveries of a kind are looked through. */
const recentDeliveries = 50;

/** Why a webhook's deliveries fail: the diagnosis of the latest failure, and what came back since when. */
export const explainWebhook = readProcedure
  .input(z.object({ webhook_id: webhookId }))
  .output(
    z
      .object({
        diagnosis: diagnosisView
          .nullable()
          .describe(
            "Of the attempt that ended last, if that failed; of the latest that failed while the webhook is degraded; else null",
          ),
        event_id: z.string().nullable().describe("The event whose delivery shows it"),
        event_type: z.string().nullable(),
        answer: z.string().nullable().describe("What that answer said in words, in one line"),
        failing_since: timeView.nullable().describe("Since when it fails, an incident as a whole"),
        failures_in_a_row: z.int(),
        outcomes: z
          .array(z.object({ code: z.string(), count: z.int() }))
          .describe(
            "What attempts came to: HTTP status, or error code when no answer came; most first. In the minutes since it fails (in the hours, after a day), or while it is degraded in the last 15 minutes, or since its last incident",
          ),
        counted_since: timeView.nullable().describe("From when these are counted; null when none is"),
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
    const health = (await recentHealths(ctx.runtime, [webhook]))(webhook);
    const shown = await findFailure(store, webhook, health);
    const diagnosis = shown?.diagnosis ?? explainLast(webhook);
    const { failingSince, incident } = webhook;
    const since = incident?.endedAt === null ? incident.startedAt : failingSince;
    const counted = stepsSince(countedSince(health, since), clock());
    return {
      diagnosis: diagnosis && toDiagnosisView(diagnosis),
      event_id: shown?.delivery.eventId ?? null,
      event_type: shown?.delivery.eventType ?? null,
      answer: shown?.attempts[0]?.response ? answerWords(shown.attempts[0].response) || null : null,
      failing_since: nullableIsoTime(since),
      failures_in_a_row: webhook.failuresInARow,
      outcomes: await outcomesSince(store, webhook, counted),
      counted_since: nullableIsoTime(counted?.start ?? null),
      last_success_at: nullableIsoTime(await lastSuccessAt(store, webhook)),
    };
  });

/** A delivery up to an attempt that failed, the newest first, and what that means. */
type Failure = { delivery: Delivery; attempts: Attempt[]; diagnosis: Diagnosis | null };

async function findFailure(store: Store, webhook: Webhook, health: RecentHealth): Promise<Failure | null> {
  const { customerId, id, lastAttemptOk } = webhook;
  const isDegraded = health.state === "degraded";
  if (lastAttemptOk !== false && !isDegraded) return null;
  const example =
    lastAttemptOk === false ? await findExample(store, webhook) : await findDegraded(store, webhook);
  const found = example && (await store.getDelivery(customerId, id, example.eventId));
  if (!found) return null;
  const failure = upToFailure(found);
  return failure && { ...failure, diagnosis: await explainDelivery(store, customerId, failure) };
}

/** Most of what fails now and then goes through later: its earlier attempts tell. */
function upToFailure({ delivery, attempts }: { delivery: Delivery; attempts: Attempt[] }) {
  const last = attempts.findIndex(({ error }) => error !== null);
  const { error = null, statusCode = null } = attempts[last] ?? {};
  if (delivery.error !== null || error === null)
    return delivery.error === null ? null : { delivery, attempts };
  return { delivery: { ...delivery, error, statusCode }, attempts: attempts.slice(last) };
}

/** A delivery whose latest attempt ended as the webhook's did. */
async function findExample(store: Store, webhook: Webhook): Promise<Delivery | null> {
  const isLike = ({ error, statusCode }: Delivery) =>
    error !== null && error.code === webhook.lastError?.code && statusCode === webhook.lastStatusCode;
  const recent = await listRecent(store, webhook, {});
  const codeClass = Math.floor((webhook.lastStatusCode ?? 0) / 100);
  return recent.find(isLike) ?? (await listRecent(store, webhook, { codeClass })).find(isLike) ?? null;
}

/** The newest that failed, or that took more than one attempt. */
async function findDegraded(store: Store, webhook: Webhook): Promise<Delivery | null> {
  const recent = await listRecent(store, webhook, {});
  const tried = recent.filter(({ isTest }) => !isTest);
  return (
    tried.find(({ error }) => error !== null) ?? tried.find(({ attemptCount }) => attemptCount > 1) ?? null
  );
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

/** What is counted begins with what fails, or with what is judged while some of it does; null when nothing is counted. */
function countedSince(health: RecentHealth, failingSince: number | null): number | null {
  return health.state === "degraded" ? health.from : failingSince;
}

/** Counts begin with the minute in which the first of these attempts failed; with the hour, when that was long ago. */
function stepsSince(since: number | null, now: number) {
  if (since === null) return null;
  const [step, stepMs] = now - since < dayMs ? (["minute", minuteMs] as const) : (["hour", hourMs] as const);
  return { step, start: Math.floor(since / stepMs) * stepMs };
}

async function outcomesSince(
  store: Store,
  { id, customerId }: Webhook,
  counted: ReturnType<typeof stepsSince>,
) {
  if (counted === null) return [];
  const rollups = await store.listRollups(customerId, counted.start, counted.step);
  const { codes } = sumOf(rollups.filter(({ webhookId }) => webhookId === id).map(({ rollup }) => rollup));
  return toOutcomes(codes);
}
