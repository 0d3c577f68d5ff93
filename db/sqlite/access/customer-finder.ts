import { and, eq, isNull, sql } from "drizzle-orm";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { customers } from "../schema/tables";

/** Finds the key of a customer, which may not be deleted. */
export function customerFinder(connection: Connection) {
  const select = hotSelect(
    connection,
    connection.db
      .select({ key: customers.key })
      .from(customers)
      .where(and(eq(customers.id, sql.placeholder("customerId")), isNull(customers.deletedAt))),
  );
  return (customerId: string) => select.get({ customerId })?.key;
}
