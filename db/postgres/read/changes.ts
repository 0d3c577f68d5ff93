import { and, asc, eq, exists, gt, inArray, lte, sql } from "drizzle-orm";
import type { DeliveryStore } from "../../store";
import { findCustomerKey } from "../access/customer-finder";
import { latestChange } from "../connection/change";
import type { Connection, Database } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { customers, deliveries } from "../schema/tables";
import { deliveryRows, readDeliveries } from "./delivery-rows";

type Verbs = Pick<DeliveryStore, "listChanges" | "listChangedCustomers">;

export function changeVerbs({ db, now }: Connection): Verbs {
  return {
    async listChanges(customerId, { after, limit }) {
      const latest = await readLatest(db);
      const newest = `${latest}.${lastKey}`;
      if (after === null || after === newest) return { items: [], cursor: newest, hasMore: false };
      const customerKey = await findCustomerKey(db, customerId);
      if (customerKey === undefined) return { items: [], cursor: after, hasMore: false };
      const rows = await selectAfter(db, customerKey, { after, latest, limit });
      const last = rows.at(-1);
      const hasMore = rows.length === limit;
      const shown = rows.filter(({ webhook }) => webhook.deletedAt === null);
      const read = await readDeliveries({ db, now: await now() }, shown);
      return {
        items: read.map(({ row, delivery }) => ({ cursor: cursorOf(row.delivery), delivery })),
        // Short of the limit there is nothing more until what was the latest change before the look.
        cursor: hasMore && last ? cursorOf(last.delivery) : newest,
        hasMore,
      };
    },

    async listChangedCustomers(customerIds, since) {
      const latest = await readLatest(db);
      if (since === null) return { customerIds, latest: String(latest) };
      if (Number(since) >= latest || customerIds.length === 0) return { customerIds: [], latest: since };
      const isChanged = and(gt(deliveries.change, Number(since)), lte(deliveries.change, latest));
      const changed = db
        .select({ one: sql`1` })
        .from(deliveries)
        .where(and(eq(deliveries.customerKey, customers.key), isChanged));
      const rows = await db
        .select({ id: customers.id })
        .from(customers)
        .where(and(inArray(customers.id, customerIds), exists(changed)));
      return { customerIds: rows.map(({ id }) => id), latest: String(latest) };
    },
  };
}

async function readLatest(db: Database): Promise<number> {
  const { rows } = await db.execute<{ latest: string }>(sql`select ${latestChange} as latest`);
  return Number(onlyOne(rows).latest);
}

function selectAfter(
  db: Database,
  customerKey: number,
  { after, latest, limit }: { after: string; latest: number; limit: number },
) {
  const [change, key] = after.split(".");
  return deliveryRows(db)
    .where(
      and(
        eq(deliveries.customerKey, customerKey),
        sql`(${deliveries.change}, ${deliveries.key}) > (${change}::bigint, ${key}::bigint)`,
        lte(deliveries.change, latest),
      ),
    )
    .orderBy(asc(deliveries.change), asc(deliveries.key))
    .limit(limit);
}

/** Sorts after every row of the same change. */
const lastKey = 999_999_999_999_999;

/** A transaction gives many rows one number, hence the row key beside it. */
const cursorOf = ({ change, key }: typeof deliveries.$inferSelect) => `${change}.${key}`;
