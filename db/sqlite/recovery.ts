import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lt, lte, max, or, sql } from "drizzle-orm";
import type { Recovery, WebhookStore } from "../store";
import type { Connection } from "./connection";
import { countersOf } from "./counters";
import { dueAgain } from "./deliveries";
import { eventWriter } from "./publish";
import { queueRows } from "./queue-row";
import { customers, deliveries, events, recoveries, webhooks } from "./schema";

type Verbs = Pick<
  WebhookStore,
  "startRecovery" | "countRecoverable" | "getRecovery" | "listRunningRecoveries"
>;
type Row = typeof recoveries.$inferSelect;
type Webhook = typeof webhooks.$inferSelect;
type Range = Pick<
  Row,
  | "since"
  | "until"
  | "afterDelivery"
  | "lastDelivery"
  | "afterEvent"
  | "lastEvent"
  | "includeFailed"
  | "includeMissed"
>;

/** Targets that one transaction re-sends. */
const batchSize = 200;

export function recoveryVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const targets = recoveryTargets(connection);

  return {
    startRecovery: (recovery) =>
      write(() => {
        const webhook = findWebhook(recovery.customerId, recovery.webhookId);
        if (!webhook) return "not_found";
        if (!webhook.isActive) return "inactive";
        const range = rangeOf(recovery);
        const total = targets.count(webhook, range);
        const row = db
          .insert(recoveries)
          .values({
            id: recovery.id,
            webhookKey: webhook.key,
            ...range,
            total,
            state: total === 0 ? "done" : "running",
            createdAt: clock(),
            endedAt: total === 0 ? clock() : null,
          })
          .returning()
          .get();
        return toRecovery(row, webhook.id);
      }),

    countRecoverable: async (customerId, webhookId, range) => {
      const webhook = findWebhook(customerId, webhookId);
      return webhook ? targets.count(webhook, rangeOf(range)) : null;
    },

    getRecovery: async (customerId, webhookId, recoveryId) => {
      const webhook = findWebhook(customerId, webhookId);
      if (!webhook) return null;
      const row = db
        .select()
        .from(recoveries)
        .where(and(eq(recoveries.webhookKey, webhook.key), eq(recoveries.id, recoveryId)))
        .get();
      return row ? toRecovery(row, webhook.id) : null;
    },

    listRunningRecoveries: async (customerId, webhookId) => {
      const webhook = findWebhook(customerId, webhookId);
      if (!webhook) return [];
      const rows = db
        .select()
        .from(recoveries)
        .where(and(eq(recoveries.webhookKey, webhook.key), eq(recoveries.state, "running")))
        .orderBy(desc(recoveries.key))
        .all();
      return rows.map((row) => toRecovery(row, webhook.id));
    },
  };

  function findWebhook(customerId: string, webhookId: string): Webhook | undefined {
    return db
      .select({ webhook: webhooks })
      .from(webhooks)
      .innerJoin(customers, eq(customers.key, webhooks.customerKey))
      .where(
        and(
          eq(customers.id, customerId),
          eq(webhooks.id, webhookId),
          isNull(customers.deletedAt),
          isNull(webhooks.deletedAt),
        ),
      )
      .get()?.webhook;
  }

  /** The range is closed at its start: what comes later is not part of this recovery. */
  function rangeOf(asked: { since: number; until: number | null; include: ("failed" | "missed")[] }): Range {
    const lastDelivery =
      db
        .select({ key: max(deliveries.key) })
        .from(deliveries)
        .get()?.key ?? 0;
    const lastEvent =
      db
        .select({ key: max(events.key) })
        .from(events)
        .get()?.key ?? 0;
    return {
      since: asked.since,
      until: asked.until ?? Number.MAX_SAFE_INTEGER, // lastEvent ends it, whatever the clock says
      includeFailed: asked.include.includes("failed"),
      includeMissed: asked.include.includes("missed"),
      afterDelivery: 0,
      lastDelivery,
      afterEvent: 0,
      lastEvent,
    };
  }
}

function toRecovery(row: Row, webhookId: string): Recovery {
  const { id, total, done, state, createdAt, endedAt } = row;
  return { id, webhookId, total, done, state, createdAt, endedAt };
}

/** One batch of the oldest running recovery. False when none runs. Only inside `write`. */
export function recoveryStep(connection: Connection): () => boolean {
  const { db, clock } = connection;
  const counters = countersOf(connection);
  const queue = queueRows(connection);
  const insert = eventWriter(connection);
  const targets = recoveryTargets(connection);

  const oldestRunning = db
    .select({ recovery: recoveries, webhook: webhooks })
    .from(recoveries)
    .innerJoin(webhooks, eq(webhooks.key, recoveries.webhookKey))
    .where(sql`${recoveries.state} = 'running'`)
    .orderBy(asc(recoveries.key))
    .limit(1)
    .prepare();

  return () => {
    const row = oldestRunning.get();
    if (!row) return false;
    const { recovery, webhook } = row;
    if (webhook.deletedAt !== null) finish(recovery);
    else if (!resendFailed(webhook, recovery) && !sendMissed(webhook, recovery)) finish(recovery);
    return true;
  };

  function resendFailed(webhook: Webhook, recovery: Row): boolean {
    const keys = targets.failed(webhook, recovery);
    const last = keys.at(-1);
    if (last === undefined) return false;
    db.update(deliveries)
      .set({ ...dueAgain(clock()), change: counters.take("change", 1) })
      .where(inArray(deliveries.key, keys))
      .run();
    queue.refresh(webhook.key, keys.length);
    advance(recovery, { afterDelivery: last, done: recovery.done + keys.length });
    return true;
  }

  function sendMissed(webhook: Webhook, recovery: Row): boolean {
    const missed = targets.missed(webhook, recovery);
    const last = missed.at(-1);
    if (!last) return false;
    const matches = missed.map((event) => ({
      eventKey: event.key,
      eventType: event.type,
      customerKey: webhook.customerKey,
      webhookKey: webhook.key,
    }));
    insert.deliveries(matches, clock(), counters.take("change", matches.length));
    advance(recovery, { afterEvent: last.key, done: recovery.done + missed.length });
    return true;
  }

  function advance(recovery: Row, progress: Partial<Row>): void {
    db.update(recoveries).set(progress).where(eq(recoveries.key, recovery.key)).run();
  }

  function finish(recovery: Row): void {
    advance(recovery, { state: "done", endedAt: clock() });
  }
}

/** What a recovery re-sends: deliveries that failed, and events that the webhook missed. */
function recoveryTargets({ db }: Connection) {
  const failedOf = (webhook: Webhook, range: Range) =>
    and(
      eq(deliveries.webhookKey, webhook.key),
      gt(deliveries.key, range.includeFailed ? range.afterDelivery : range.lastDelivery),
      lte(deliveries.key, range.lastDelivery),
      eq(deliveries.status, "failed"),
      eq(deliveries.isTest, false),
      gte(events.createdAt, range.since),
      lte(events.createdAt, range.until),
    );

  /** It matched the filter while inactive, or was accepted before the webhook existed and matches it now. */
  const missedOf = (webhook: Webhook, range: Range) => {
    const skip = (reason: string | null) => sql`exists (
      select 1 from json_each(${events.skipped}) s
      where s.value ->> 0 = ${webhook.key} and (${reason} is null or s.value ->> 1 = ${reason}))`;
    return and(
      eq(events.customerKey, webhook.customerKey),
      gt(events.key, range.includeMissed ? range.afterEvent : range.lastEvent),
      lte(events.key, range.lastEvent),
      eq(events.isTest, false),
      gte(events.createdAt, range.since),
      lte(events.createdAt, range.until),
      sql`not exists (
        select 1 from ${deliveries} d where d.event_key = ${events.key} and d.webhook_key = ${webhook.key})`,
      or(
        skip("inactive"),
        and(
          lt(events.createdAt, webhook.createdAt),
          webhook.events.length > 0 ? inArray(events.type, webhook.events) : sql`false`,
          sql`not ${skip(null)}`,
        ),
      ),
    );
  };

  return {
    count(webhook: Webhook, range: Range): number {
      const failed = db
        .select({ n: count() })
        .from(deliveries)
        .innerJoin(events, eq(events.key, deliveries.eventKey))
        .where(failedOf(webhook, range))
        .get();
      const missed = db.select({ n: count() }).from(events).where(missedOf(webhook, range)).get();
      return (failed?.n ?? 0) + (missed?.n ?? 0);
    },
    failed(webhook: Webhook, range: Range): number[] {
      return db
        .select({ key: deliveries.key })
        .from(deliveries)
        .innerJoin(events, eq(events.key, deliveries.eventKey))
        .where(failedOf(webhook, range))
        .orderBy(asc(deliveries.key))
        .limit(batchSize)
        .all()
        .map(({ key }) => key);
    },
    missed(webhook: Webhook, range: Range): { key: number; type: string }[] {
      return db
        .select({ key: events.key, type: events.type })
        .from(events)
        .where(missedOf(webhook, range))
        .orderBy(asc(events.key))
        .limit(batchSize)
        .all();
    },
  };
}
