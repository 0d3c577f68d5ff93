import { inject } from "vitest";
import { newDatabase, runSql } from "@/testing/postgres-server";
import { type Clock, type Open, runBy } from "../contract.kit";
import type { Store } from "../store";
import { type Connection, connect } from "./connection/connection";
import { migrateDatabase } from "./connection/migrate";
import { onlyOne } from "./connection/rows";
import { postgresStore } from "./store";

/** Empty databases that nobody uses: to empty one takes much less than to make one. */
const free: string[] = [];

/** A store with a database of its own. */
export const openOnPostgres: Open = async (clock) => (await openWithConnection(clock)).store;

/** The same with the connection that it works through, for what somebody else does at the same time. */
export async function openWithConnection(clock: Clock): Promise<{ store: Store; connection: Connection }> {
  const { stores, connections, close } = await openTogether(clock, 1);
  return { store: { ...onlyOne(stores), close }, connection: onlyOne(connections) };
}

/** The stores of as many processes with one database, which is theirs until `close`. */
export async function openTogether(
  clock: Clock,
  count: number,
): Promise<{ stores: Store[]; connections: Connection[]; close(): Promise<void> }> {
  const url = free.pop() ?? (await makeDatabase());
  const connections = Array.from({ length: count }, () => connect({ url, ...runBy(clock) }));
  return {
    stores: connections.map(postgresStore),
    connections,
    async close() {
      for (const connection of connections) await connection.close();
      await empty(url);
      free.push(url);
    },
  };
}

export async function makeDatabase(): Promise<string> {
  const url = await newDatabase(inject("postgresUrl"));
  await migrateDatabase({ url, setting: "DATABASE_URL" });
  return url;
}

/** Row by row, which for the few of a test takes much less than to truncate; without looking after references. */
const empty = (url: string) =>
  runSql(
    url,
    `set session_replication_role = replica; do $$ declare name text; begin
      for name in select tablename from pg_tables where schemaname = 'public' and tablename <> 'fanfare_migrations'
      loop execute format('delete from %I', name); end loop;
    end $$`,
  );

/** Uses up numbers of transactions, which each server gives out from the same one on. */
export const spendTransactions = (url: string, count: number) =>
  runSql(url, `do $$ begin for i in 1..${count} loop perform pg_current_xact_id(); commit; end loop; end $$`);
