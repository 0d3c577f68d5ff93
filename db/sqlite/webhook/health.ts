import { eq, sql } from "drizzle-orm";
import { outcomeError } from "@/domain/delivery/decide";
import { type Breaker, breakerAfter } from "@/domain/webhook/breaker";
import { countFailure, isOver } from "@/domain/webhook/countdown";
import type { AttemptRecord } from "../../store";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { systemEvents } from "../event/system-events";
import { queueRows } from "../queue/queue-row";
import { webhookQueue, webhooks } from "../schema/tables";
import { countdownColumns, countdownOf } from "./countdown-columns";
import { healthRows } from "./health-rows";
import { closeBreaker } from "./webhooks";

type Webhook = typeof webhooks.$inferSelect;
type Queue = typeof webhookQueue.$inferSelect;

/** An attempt that was written down, and whether its delivery goes on. */
export type Recorded = AttemptRecord & { isPending: boolean };

const disabledReason = "Every attempt of the last 5 days failed.";

/** What ended attempts do to their webhooks: health, breaker, countdown, switching off. Only inside `write`. */
export function healthOf(connection: Connection) {
  const { db } = connection;
  const rows = healthRows(connection);
  const queueRow = queueRows(connection);
  const system = systemEvents(connection);
  const select = hotSelect(
    connection,
    db
      .select({ webhook: webhooks, queue: webhookQueue })
      .from(webhooks)
      .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
      .where(eq(webhooks.key, sql.placeholder("key"))),
  );

  return {
    update(records: Recorded[], now: number): void {
      for (const [key, own] of byWebhook(records)) {
        const row = select.get({ key });
        if (row) updateOne(row.webhook, row.queue, own, now);
      }
    },
  };

  function updateOne(before: Webhook, queue: Queue, records: Recorded[], now: number): void {
    const webhook = { ...before };
    let breaker: Breaker = { failures: queue.failures, probeDelayMs: queue.probeDelayMs };
    let isProbed = false;
    for (const record of records) {
      const { claim } = record;
      const error = outcomeError(record.outcome);
      const ok = error === null;
      if (!ok && !record.isPending && !claim.isTest) system.deliveryFailed(claim.delivery);
      if (error?.code === "internal") continue; // a fault of ours says nothing about the webhook
      Object.assign(webhook, lastAttempt(webhook, record));
      if (claim.webhook.version !== before.version) continue; // it judged another URL or secret
      const isProbe = claim.reason === "probe";
      breaker = breakerAfter(breaker, { ok, delivery: claim.delivery, isTest: claim.isTest, isProbe });
      isProbed ||= isProbe && !ok;
      countDown(webhook, record, ok, now);
    }
    rows.saveWebhook(webhook);
    saveQueue(queue, breaker, isProbed, webhook.isActive, now);
    const ended = records.filter(({ claim, isPending }) => !claim.isTest && !isPending).length;
    queueRow.refresh(webhook.key, -ended);
  }

  /** The countdown towards switching off, which starts with the first failure after a success. */
  function countDown(
    webhook: Webhook,
    { claim, outcome, next }: AttemptRecord,
    ok: boolean,
    now: number,
  ): void {
    if (ok) {
      if (webhook.isReportedFailing) system.recovered(webhook);
      Object.assign(webhook, countdownColumns(null));
      webhook.isReportedFailing = false;
      return;
    }
    if (claim.isTest) return;
    if (!webhook.isReportedFailing) system.failing(webhook);
    const countdown = countFailure(countdownOf(webhook), outcome.startedAt, now);
    Object.assign(webhook, countdownColumns(countdown));
    webhook.isReportedFailing = true;
    const gone = next.status === "failed" ? next.disableWebhook : null;
    const reason = gone ?? (isOver(countdown, now) ? disabledReason : null);
    // Nobody would hear of it, nor could switch the platform's own on again: its events go on being retried.
    if (reason === null || !webhook.isActive || system.isTarget(webhook)) return;
    webhook.isActive = false;
    webhook.disabledReason = reason;
    webhook.disabledAt = now;
    system.disabled(webhook);
  }

  function saveQueue(
    queue: Queue,
    breaker: Breaker,
    isProbed: boolean,
    isActive: boolean,
    now: number,
  ): void {
    const closes = queue.probeDelayMs !== null && breaker.probeDelayMs === null;
    const opens = queue.probeDelayMs === null && breaker.probeDelayMs !== null;
    const probeDelayMs = breaker.probeDelayMs;
    const after = {
      ...queue,
      isPaused: !isActive,
      failures: [...breaker.failures],
      probeDelayMs,
      ...(opens && { openedAt: now, isDraining: false }),
      ...((opens || isProbed) && { probeAt: now + (probeDelayMs ?? 0) }),
    };
    rows.saveQueue(closes ? { ...after, ...closeBreaker(queue, true), failures: after.failures } : after);
  }
}

function byWebhook(records: Recorded[]): Map<number, Recorded[]> {
  const groups = new Map<number, Recorded[]>();
  for (const record of records) {
    const group = groups.get(record.claim.webhook.key);
    if (group) group.push(record);
    else groups.set(record.claim.webhook.key, [record]);
  }
  for (const group of groups.values()) group.sort((a, b) => endOf(a) - endOf(b));
  return groups;
}

const endOf = ({ outcome }: AttemptRecord) => outcome.startedAt + outcome.durationMs;

/** Health follows the attempt that ended last, whichever order the records came in. */
function lastAttempt(webhook: Webhook, record: AttemptRecord): Partial<Webhook> {
  const endedAt = endOf(record);
  if (webhook.lastAttemptAt !== null && endedAt < webhook.lastAttemptAt) return {};
  const { outcome } = record;
  const error = outcomeError(outcome);
  return {
    lastAttemptAt: endedAt,
    lastAttemptOk: error === null,
    lastStatusCode: outcome.kind === "response" ? outcome.status : null,
    lastErrorCode: error?.code ?? null,
    lastErrorMessage: error?.message ?? null,
    lastErrorDetail: error?.detail ?? null,
    failingSince: error ? (webhook.failingSince ?? outcome.startedAt) : null,
    failuresInARow: error ? webhook.failuresInARow + 1 : 0,
  };
}
