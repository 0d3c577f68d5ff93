import { inject } from "vitest";
import { newDatabase, runSql } from "@/testing/postgres-server";
import { type Clock, type Open, runBy } from "../contract.kit";
import type { Store } from "../store";
import { type Connection, connect } from "./connection/connection";
import { migrateDatabase } from "./connection/migrate";
import { onlyOne } from "./connection/rows";
import { postgresStore } from "./store";

/** A database with what reaches it, as if each were a process's; by the clock of whoever uses it. */
type Place = { url: string; connections: Connection[]; clock: Clock | null };

/** Empty ones that nobody uses: to make one, and to be known to the server, takes longer than most tests. */
const free: Place[] = [];

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
  const place = free.pop() ?? { url: await makeDatabase(), connections: [], clock: null };
  place.clock = clock;
  while (place.connections.length < count) place.connections.push(connectAt(place));
  const connections = place.connections.slice(0, count);
  return {
    stores: connections.map(postgresStore),
    connections,
    async close() {
      place.clock = null;
      await empty(place.url);
      free.push(place);
    },
  };
}

function connectAt(place: Place): Connection {
  const its = () => {
    if (place.clock === null) throw new Error("Nobody uses this database any more.");
    return runBy(place.clock);
  };
  return connect({
    url: place.url,
    clock: () => its().clock(),
    elapsed: () => its().elapsed(),
    onDoubt: (doubt) => its().onDoubt(doubt),
  });
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
