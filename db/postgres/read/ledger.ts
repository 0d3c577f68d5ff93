import { and, asc, eq, inArray, lt, sql } from "drizzle-orm";
import {
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

export function ledgerVerbs({ db }: Connection): Pick<BalanceStore, "listLedger"> {
  return {
    async listLedger(customerId, range, after) {
      const customerKey = await findCustomerKey(db, customerId);
      if (customerKey === undefined) return null;
      const known = await listWebhooks(db, customerKey);
      const only = known.find(({ id, deletedAt }) => id === range.webhookId && deletedAt === null);
      if (range.webhookId !== undefined && !only) return null;
      const found = await listEvents(db, customerKey, range, after);
      const made = await listDeliveries(
        db,
        found.map(({ key }) => key),
      );
      const proofs = range.proof ? await readProofs(db, found, made) : null;
      return {
        lines: linesOf({ events: found, webhooks: known, deliveries: made, proofs, only: only?.key ?? null }),
        events: found.length,
        next: nextOf(found, ledgerRows(range)),
      };
    },
  };
}

async function listWebhooks(db: Database, customerKey: number) {
  const { key, id, url, deletedAt } = webhooks;
  return db.select({ key, id, url, deletedAt }).from(webhooks).where(eq(webhooks.customerKey, customerKey));
}

async function listEvents(db: Database, customerKey: number, range: LedgerRange, after: Cursor | null) {
  const { key, day, id, type, isTest, createdAt, skipped } = events;
  const from = placeOf(after, range.since);
  return db
    .select({ key, day, id, type, isTest, createdAt, skipped })
    .from(events)
    .where(
      and(
        eq(events.customerKey, customerKey),
        sql`(${createdAt}, ${key}) > (${from.at}, ${from.key})`,
        lt(createdAt, range.until),
      ),
    )
    .orderBy(asc(createdAt), asc(key))
    .limit(ledgerRows(range));
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
