import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { addFormerLack, addLack, type Lack, toLack } from "../../rows/recount";
import { assertNoBegunCopy } from "../connection/begun-copy";
import { assertSchema } from "../connection/migrate";
import { visit } from "../connection/visit";
import { lacks } from "./audit-counters";

/** Counts anew what is counted of webhooks in a database, which may be in use. Answers what was mended. */
export function recountPostgres(url: string): Promise<Lack[]> {
  return visit({ url, setting: "DATABASE_URL" }, async (client) => {
    await assertSchema(drizzle(client));
    await assertNoBegunCopy(client);
    const { rows } = await client.query(lacks);
    const found = rows.map(toLack);
    for (const lack of found) await mend(client, lack);
    return found;
  });
}

/** A webhook that was deleted since has taken what its numbers lacked to its customer's. Each row is a transaction. */
async function mend(client: pg.Client, lack: Lack): Promise<void> {
  const { rowCount } = await client.query(addLack(lack));
  if (rowCount === 0) await client.query(addFormerLack(lack));
}
