import { and, asc, eq, exists, gt, sql } from "drizzle-orm";
import type { DeliveryStore } from "../../store";
import { customerFinder } from "../access/customer-finder";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { sequencesOf } from "../connection/sequences";
import { customers, deliveries } from "../schema/tables";
import { deliveryReader, deliveryRows } from "./delivery-rows";

export function changeVerbs(
  connection: Connection,
): Pick<DeliveryStore, "listChanges" | "listChangedCustomers"> {
  const { db } = connection;
  const readDeliveries = deliveryReader(connection);
  const sequences = sequencesOf(connection);
  const findCustomer = customerFinder(connection);
  const selectAfter = hotSelect(
    connection,
    deliveryRows(connection)
      .where(
        and(
          eq(deliveries.customerKey, sql.placeholder("customerKey")),
          sql`(${deliveries.change}, ${deliveries.key}) > (${sql.placeholder("change")}, ${sql.placeholder("key")})`,
        ),
      )
      .orderBy(asc(deliveries.change), asc(deliveries.key))
      .limit(sql.placeholder("limit")),
  );
  const changed = db
    .select({ one: sql`1` })
    .from(deliveries)
    .where(and(eq(deliveries.customerKey, customers.key), gt(deliveries.change, sql.placeholder("since"))));
  const selectChanged = db
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        sql`${customers.id} in (select value from json_each(${sql.placeholder("customerIds")}))`,
        exists(changed),
      ),
    )
    .prepare();

  return {
    async listChanges(customerId, { after, limit }) {
      const latest = `${sequences.latest("change")}.${lastKey}`;
      if (after === null || after === latest) return { items: [], cursor: latest, hasMore: false };
      const customerKey = findCustomer(customerId);
      if (customerKey === undefined) return { items: [], cursor: after, hasMore: false };
      const [change, key] = after.split(".").map(Number);
      const rows = selectAfter.all({ customerKey, change, key, limit });
      const last = rows.at(-1);
      const hasMore = rows.length === limit;
      const shown = rows.filter(({ webhook }) => webhook.deletedAt === null);
      return {
        items: readDeliveries(shown).map(({ row, delivery }) => ({
          cursor: cursorOf(row.delivery),
          delivery,
        })),
        // Short of the limit there is nothing more until what was the latest change before the look.
        cursor: hasMore && last ? cursorOf(last.delivery) : latest,
        hasMore,
      };
    },

    async listChangedCustomers(customerIds, since) {
      const latest = String(sequences.latest("change"));
      if (since === latest) return { customerIds: [], latest };
      if (since === null) return { customerIds, latest };
      const rows = selectChanged.all({ since: Number(since), customerIds: JSON.stringify(customerIds) });
      return { customerIds: rows.map(({ id }) => id), latest };
    },
  };
}

/** Sorts after every row of the same change. */
const lastKey = 999_999_999_999_999;

/** A bulk change gives many rows one number, hence the row key beside it. */
const cursorOf = ({ change, key }: typeof deliveries.$inferSelect) => `${change}.${key}`;
