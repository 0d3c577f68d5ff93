import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../connection/connection";

/**
 * Makes the deliveries of which something is true this transaction's until it ends, and answers their keys. In the order
 * of keys, which a statement that changes them does not keep to, so that two transactions never wait for one another.
 */
export async function lockDeliveries(db: Database, which: SQL | undefined): Promise<number[]> {
  const { rows } = await db.execute<{ key: string }>(
    sql`select key from deliveries where ${which} order by key for no key update`,
  );
  return rows.map(({ key }) => Number(key));
}
