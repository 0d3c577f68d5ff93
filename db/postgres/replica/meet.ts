import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { StoreError } from "../../store-error";
import { onlyOne } from "../connection/rows";
import { systemOf } from "../connection/same-server";
import { codeOf } from "../connection/sqlstate";
import { whyNot } from "../connection/visit";

/** What tells a database and its physical copies from all others. */
export type Identity = {
  /** Null where the server does not tell. */
  system: string | null;
  /** Number and name, which are the same in each copy, and most likely others in another database. */
  database: string;
};

export async function identityOf(pool: pg.Pool): Promise<Identity> {
  const { rows } = await pool.query<{ database: string }>(
    "select oid::text || ' ' || datname as database from pg_database where datname = current_database()",
  );
  return { database: onlyOne(rows).database, system: await systemOf(drizzle(pool)) };
}

/** Throws a StoreError when a database is no copy of the primary. */
export async function meetReplica(replica: pg.Pool, primary: Identity): Promise<void> {
  const { system, database } = await identityOf(replica);
  const isOther = system !== null && primary.system !== null && system !== primary.system;
  if (isOther || database !== primary.database)
    throw wrong("This is another database, and no replica of the one that DATABASE_URL names");
}

/** What it answers who may not come in, and who asks for a database that is not there. */
const refusals = /^(28...|3D000|42501)$/;

/** Why nothing but another setting helps, as a StoreError; null when the replica may be there later. */
export function refusalOf(error: unknown): StoreError | null {
  if (error instanceof StoreError) return error;
  const isUnreadable = error instanceof TypeError || error instanceof URIError;
  return isUnreadable || refusals.test(codeOf(error) ?? "") ? wrong(whyNot(error)) : null;
}

const wrong = (sentence: string) => new StoreError(`${sentence} (DATABASE_READ_URL). Nothing was changed.`);
