import { sql } from "drizzle-orm";
import type { Database } from "../connection/connection";
import { onlyOne } from "../connection/rows";

/** Any number that nobody else takes for this: of all workers, one does slow work at a time. */
const lockNumber = 4_615_227_002;

/** Until this transaction ends; false while another worker's does slow work. */
export async function isOurTurn(db: Pick<Database, "execute">): Promise<boolean> {
  const { rows } = await db.execute<{ is_ours: boolean }>(
    sql`select pg_try_advisory_xact_lock(${lockNumber}) as is_ours`,
  );
  return onlyOne(rows).is_ours;
}
