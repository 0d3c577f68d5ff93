import { and, asc, count, eq, lte, sql } from "drizzle-orm";
import {
  countsOf,
  cursorAt,
  digestOf,
  type LedgerDelivery,
  ledgerRows,
  linesOf,
  nextOf,
  type Proofs,
  placeOf,
  sentName,
} from "../../rows/ledger";
import type { BalanceStore, Cursor, LedgerRange } from "../../store";
import { customerFinder } from "../access/customer-finder";
import type { Connection } from "../connection/connection";
import { attempts, deliveries, events, webhooks } from "../schema/tables";

type Delivery = LedgerDelivery & { key: number };

export function ledgerVerbs(connection: Connection): Pick<BalanceStore, "listLedger" | "countLedger"> {
  const { db } = connection;
  const findCustomer = customerFinder(connection);
  const isAsked = sql`in (select value from json_each(${sql.placeholder("keys")}))`;
  const selectDeliveries = db
    .select({
      key: deliveries.key,
      eventKey: deliveries.eventKey,
      webhookKey: deliveries.webhookKey,
      status: deliveries.status,
      endedAt: deliveries.endedAt,
      attempts: deliveries.attempts,
      statusCode: deliveries.statusCode,
      errorCode: deliveries.errorCode,
    })
    .from(deliveries)
    .where(sql`${deliveries.eventKey} ${isAsked}`)
    .prepare();
  const selectBodies = db
    .select({ key: events.key, payload: events.payload })
    .from(events)
    .where(sql`${events.key} ${isAsked}`)
    .prepare();
  const selectLatest = db
    .select({ key: deliveries.key, url: attempts.url, signedAt: attempts.signedAt })
    .from(deliveries)
    // In this order, or SQLite might read all attempts of each first.
    .crossJoin(attempts)
    .where(
      and(
        sql`${deliveries.key} ${isAsked}`,
        eq(attempts.deliveryKey, deliveries.key),
        eq(attempts.number, deliveries.attempts),
      ),
    )
    .prepare();

  const isWithin = sql`${events.customerKey} = ${sql.placeholder("customerKey")}
    and (${events.createdAt}, ${events.key}) > (${sql.placeholder("fromAt")}, ${sql.placeholder("fromKey")})
    and (${events.createdAt}, ${events.key}) <= (${sql.placeholder("upToAt")}, ${sql.placeholder("upToKey")})
    and ${events.isTest} = 0`;
  const countMade = db
    .select({ webhookKey: deliveries.webhookKey, status: deliveries.status, count: count() })
    .from(events)
    // In this order, or SQLite might read all deliveries of the customer.
    .crossJoin(deliveries)
    .where(and(isWithin, eq(deliveries.eventKey, events.key)))
    .groupBy(deliveries.webhookKey, deliveries.status)
    .prepare();
  const skip = sql`json_each(${events.skipped})`;
  const skippedKey = sql<number>`json_each.value ->> 0`.mapWith(Number);
  const countMissed = db
    .select({ webhookKey: skippedKey, count: count() })
    .from(events)
    .crossJoin(skip)
    // Most events are missed by nobody, which a look at the text tells at once.
    .where(
      and(isWithin, sql`instr(${events.skipped}, '"inactive"') > 0`, sql`json_each.value ->> 1 = 'inactive'`),
    )
    .groupBy(skippedKey)
    .prepare();

  return {
    async listLedger(customerId, range, after) {
      const scope = scopeOf(customerId, range);
      if (scope === null) return null;
      const found = listEvents(scope.customerKey, range, after);
      const keys = JSON.stringify(found.map(({ key }) => key));
      const made = selectDeliveries.all({ keys });
      const proofs = readProofs(keys, made);
      return {
        lines: linesOf({ ...scope, events: found, deliveries: made, proofs }),
        next: nextOf(found),
      };
    },
    async countLedger(customerId, range, after) {
      const scope = scopeOf(customerId, range);
      if (scope === null) return null;
      const from = placeOf(after, range.since);
      const end = endOfLook(scope.customerKey, range, after);
      const upTo = end ?? { at: range.until - 1, key: Number.MAX_SAFE_INTEGER };
      const window = { fromAt: from.at, fromKey: from.key, upToAt: upTo.at, upToKey: upTo.key };
      const within = { customerKey: scope.customerKey, ...window };
      const missed = countMissed.all(within).map((row) => ({ ...row, status: "missed" as const }));
      return {
        counts: countsOf({ ...scope, rows: [...countMade.all(within), ...missed] }),
        next: end ? cursorAt(end) : null,
      };
    },
  };

  /** Whose events they are, and which webhook is asked about; null when there is no such customer or webhook. */
  function scopeOf(customerId: string, range: LedgerRange) {
    const customerKey = findCustomer(customerId);
    if (customerKey === undefined) return null;
    const known = listWebhooks(customerKey);
    const only = known.find(({ id, deletedAt }) => id === range.webhookId && deletedAt === null);
    if (range.webhookId !== undefined && !only) return null;
    return { customerKey, webhooks: known, only: only?.key ?? null };
  }

  function listWebhooks(customerKey: number) {
    const { key, id, url, deletedAt } = webhooks;
    return db
      .select({ key, id, url, deletedAt })
      .from(webhooks)
      .where(eq(webhooks.customerKey, customerKey))
      .all();
  }

  function listEvents(customerKey: number, range: LedgerRange, after: Cursor | null) {
    const { key, id, type, isTest, createdAt, skipped } = events;
    return db
      .select({ key, id, type, isTest, createdAt, skipped })
      .from(events)
      .where(isInRange(customerKey, range, after))
      .orderBy(asc(createdAt), asc(key))
      .limit(ledgerRows.listed)
      .all();
  }

  /** The last event of a look, found in the index alone; undefined when the range ends before it. */
  function endOfLook(customerKey: number, range: LedgerRange, after: Cursor | null) {
    const { key, createdAt } = events;
    return db
      .select({ at: createdAt, key })
      .from(events)
      .where(isInRange(customerKey, range, after))
      .orderBy(asc(createdAt), asc(key))
      .limit(1)
      .offset(ledgerRows.counted - 1)
      .get();
  }

  function isInRange(customerKey: number, range: LedgerRange, after: Cursor | null) {
    const from = placeOf(after, range.since);
    return and(
      eq(events.customerKey, customerKey),
      sql`(${events.createdAt}, ${events.key}) > (${from.at}, ${from.key})`,
      lte(events.createdAt, range.until - 1),
    );
  }

  function readProofs(eventKeys: string, made: Delivery[]): Proofs {
    const bodies = selectBodies.all({ keys: eventKeys });
    const latest = selectLatest.all({ keys: JSON.stringify(made.map(({ key }) => key)) });
    const sent = new Map(latest.map(({ key, ...attempt }) => [key, attempt]));
    return {
      digests: new Map(bodies.map(({ key, payload }) => [key, digestOf(payload)])),
      sent: new Map(
        made.flatMap(({ key, eventKey, webhookKey }) => {
          const attempt = sent.get(key);
          return attempt ? [[sentName(eventKey, webhookKey), attempt]] : [];
        }),
      ),
    };
  }
}
