import { and, asc, eq, lte, sql } from "drizzle-orm";
import {
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

export function ledgerVerbs(connection: Connection): Pick<BalanceStore, "listLedger"> {
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

  return {
    async listLedger(customerId, range, after) {
      const customerKey = findCustomer(customerId);
      if (customerKey === undefined) return null;
      const known = listWebhooks(customerKey);
      const only = known.find(({ id, deletedAt }) => id === range.webhookId && deletedAt === null);
      if (range.webhookId !== undefined && !only) return null;
      const found = listEvents(customerKey, range, after);
      const keys = JSON.stringify(found.map(({ key }) => key));
      const made = selectDeliveries.all({ keys });
      const proofs = range.proof ? readProofs(keys, made) : null;
      return {
        lines: linesOf({ events: found, webhooks: known, deliveries: made, proofs, only: only?.key ?? null }),
        events: found.length,
        next: nextOf(found, ledgerRows(range)),
      };
    },
  };

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
    const from = placeOf(after, range.since);
    return db
      .select({ key, id, type, isTest, createdAt, skipped })
      .from(events)
      .where(
        and(
          eq(events.customerKey, customerKey),
          sql`(${createdAt}, ${key}) > (${from.at}, ${from.key})`,
          lte(createdAt, range.until - 1),
        ),
      )
      .orderBy(asc(createdAt), asc(key))
      .limit(ledgerRows(range))
      .all();
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
