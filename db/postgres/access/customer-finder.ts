import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../connection/connection";
import { customers } from "../schema/tables";

/** Finds the key of a customer, which may not be deleted. */
export async function findCustomerKey(db: Database, customerId: string): Promise<number | undefined> {
  const isLive = and(eq(customers.id, customerId), isNull(customers.deletedAt));
  const [row] = await db.select({ key: customers.key }).from(customers).where(isLive);
  return row?.key;
}
