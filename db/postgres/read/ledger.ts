import { and, asc, count, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import {
  countsOf,
  cursorAt,
  type LedgerDelivery,
  ledgerRows,
  linesOf,
  nextOf,
  type Proofs,
  placeOf,
  sentName,
} from "../../rows/ledger";
import type { BalanceStore, Cursor, LedgerRange } from "../../store";
import { findCustomerKey } from "../access/customer-finder";
import type { Connection, Database } from "../connection/connection";
import { attempts, deliveries, events, webhooks } from "../schema/tables";
import { daysOf, payloadDigests } from "./payloads";

type Delivery = LedgerDelivery & { key: number; day: number };

export function ledgerVerbs({ db }: Connection): Pick<BalanceStore, "listLedger" | "countLedger"> {
  return {
    async listLedger(customerId, range, after) {
      const scope = await scopeOf(db, customerId, range);
      if (scope === null) return null;
      const found = await listEvents(db, scope.customerKey, range, after);
      const made = await listDeliveries(
        db,
        found.map(({ key }) => key),
      );
      const proofs = await readProofs(db, found, made);
      return {
        lines: linesOf({ ...scope, events: found, deliveries: made, proofs }),
        next: nextOf(found),
      };
    },
    async countLedger(customerId, range, after) {
      const scope = await scopeOf(db, customerId, range);
      if (scope === null) return null;
      const end = await endOfLook(db, scope.customerKey, range, after);
      const upTo = end ?? { at: range.until - 1, key: Number.MAX_SAFE_INTEGER };
      const within = isWithin(scope.customerKey, placeOf(after, range.since), upTo);
      return {
        counts: countsOf({
          ...scope,
          rows: [...(await countMade(db, within)), ...(await countMissed(db, within))],
        }),
        next: end ? cursorAt(end) : null,
      };
    },
  };
}

/** Whose events they are, and which webhook is asked about; null when there is no such customer or webhook. */
async function scopeOf(db: Database, customerId: string, range: LedgerRange) {
  const customerKey = await findCustomerKey(db, customerId);
  if (customerKey === undefined) return null;
  const known = await listWebhooks(db, customerKey);
  const only = known.find(({ id, deletedAt }) => id === range.webhookId && deletedAt === null);
  if (range.webhookId !== undefined && !only) return null;
  return { customerKey, webhooks: known, only: only?.key ?? null };
}

async function listWebhooks(db: Database, customerKey: number) {
  const { key, id, url, deletedAt } = webhooks;
  return db.select({ key, id, url, deletedAt }).from(webhooks).where(eq(webhooks.customerKey, customerKey));
}

async function listEvents(db: Database, customerKey: number, range: LedgerRange, after: Cursor | null) {
  const { key, day, id, type, isTest, createdAt, skipped } = events;
  return db
    .select({ key, day, id, type, isTest, createdAt, skipped })
    .from(events)
    .where(isInRange(customerKey, range, after))
    .orderBy(asc(createdAt), asc(key))
    .limit(ledgerRows.listed);
}

/** The last event of a look, found in the index alone; undefined when the range ends before it. */
async function endOfLook(db: Database, customerKey: number, range: LedgerRange, after: Cursor | null) {
  const { key, createdAt } = events;
  const [end] = await db
    .select({ at: createdAt, key })
    .from(events)
    .where(isInRange(customerKey, range, after))
    .orderBy(asc(createdAt), asc(key))
    .limit(1)
    .offset(ledgerRows.counted - 1);
  return end;
}

function isInRange(customerKey: number, range: LedgerRange, after: Cursor | null) {
  const from = placeOf(after, range.since);
  return and(
    eq(events.customerKey, customerKey),
    sql`(${events.createdAt}, ${events.key}) > (${from.at}, ${from.key})`,
    lt(events.createdAt, range.until),
  );
}

/** Events of one look, tests aside. */
const isWithin = (
  customerKey: number,
  from: { at: number; key: number },
  upTo: { at: number; key: number },
) =>
  and(
    eq(events.customerKey, customerKey),
    sql`(${events.createdAt}, ${events.key}) > (${from.at}, ${from.key})`,
    sql`(${events.createdAt}, ${events.key}) <= (${upTo.at}, ${upTo.key})`,
    eq(events.isTest, false),
  );

function countMade(db: Database, within: SQL | undefined) {
  const { webhookKey, status, eventKey } = deliveries;
  return db
    .select({ webhookKey, status, count: count() })
    .from(events)
    .innerJoin(deliveries, eq(eventKey, events.key))
    .where(within)
    .groupBy(webhookKey, status);
}

async function countMissed(db: Database, within: SQL | undefined) {
  const webhookKey = sql<number>`(skip.value ->> 0)::bigint`.mapWith(Number);
  const rows = await db
    .select({ webhookKey, count: count() })
    .from(events)
    .crossJoin(sql`json_array_elements(${events.skipped}) skip(value)`)
    // Most events are missed by nobody, which a look at the text tells at once.
    .where(and(within, sql`${events.skipped}::text like '%"inactive"%'`, sql`skip.value ->> 1 = 'inactive'`))
    .groupBy(webhookKey);
  return rows.map((row) => ({ ...row, status: "missed" as const }));
}

async function listDeliveries(db: Database, eventKeys: number[]): Promise<Delivery[]> {
  if (eventKeys.length === 0) return [];
  const { key, day, eventKey, webhookKey, status, endedAt, statusCode, errorCode } = deliveries;
  const count = { attempts: deliveries.attempts };
  return db
    .select({ key, day, eventKey, webhookKey, status, endedAt, ...count, statusCode, errorCode })
    .from(deliveries)
    .where(inArray(eventKey, eventKeys));
}

async function readProofs(
  db: Database,
  found: { key: number; day: number }[],
  made: Delivery[],
): Promise<Proofs> {
  const digests = await payloadDigests(
    db,
    found.map(({ key, day }) => ({ eventKey: key, day })),
  );
  const latest = made.length === 0 ? [] : await latestAttempts(db, made);
  const sent = new Map(latest.map(({ key, ...attempt }) => [key, attempt]));
  return {
    digests,
    sent: new Map(
      made.flatMap(({ key, eventKey, webhookKey }) => {
        const attempt = sent.get(key);
        return attempt ? [[sentName(eventKey, webhookKey), attempt]] : [];
      }),
    ),
  };
}

/** The days are given too, or no partition could be left out before any row is read. */
function latestAttempts(db: Database, made: Delivery[]) {
  const keys = made.map(({ key }) => key);
  return db
    .select({ key: attempts.deliveryKey, url: attempts.url, signedAt: attempts.signedAt })
    .from(attempts)
    .innerJoin(
      deliveries,
      and(eq(deliveries.key, attempts.deliveryKey), eq(deliveries.attempts, attempts.number)),
    )
    .where(
      and(
        sql`${attempts.day} = any(${daysOf(made)})`,
        eq(attempts.day, deliveries.day),
        inArray(attempts.deliveryKey, keys),
      ),
    );
}
