import { drizzle } from "drizzle-orm/node-postgres";
import type { Opened, StoreHabits, StorePlace } from "../opened";
import { keyMarkOf } from "./access/key-mark";
import { watchWay } from "./connection/away";
import { assertNoBegunCopy } from "./connection/begun-copy";
import { connect } from "./connection/connection";
import { assertSchema, migrateDatabase } from "./connection/migrate";
import { type Address, visit } from "./connection/visit";
import { openReplica } from "./replica/open-replica";
import { postgresStore } from "./store";

type Place = { databaseUrl: string } & Pick<StorePlace, "databaseDirectUrl" | "databaseReadUrl">;

/** Brings a database to this version's schema. */
export function migratePostgres(place: Place): Promise<void> {
  return migrateDatabase(addressOf(place));
}

/** The way to the server itself, where one is given. */
export const addressOf = ({ databaseUrl, databaseDirectUrl }: Place): Address =>
  databaseDirectUrl
    ? { url: databaseDirectUrl, setting: "DATABASE_DIRECT_URL" }
    : { url: databaseUrl, setting: "DATABASE_URL" };

/** Opens the store in a migrated database. Throws a StoreError when it cannot be used. */
export async function openPostgres({
  databaseUrl: url,
  databaseDirectUrl: directUrl = null,
  databaseReadUrl: readUrl = null,
  onAway = () => {},
  onReplica = () => {},
  ...habits
}: Place & StoreHabits): Promise<Opened> {
  const isPooled = await visit({ url, setting: "DATABASE_URL" }, async (client, server) => {
    await assertSchema(drizzle(client));
    await assertNoBegunCopy(client);
    return server.isPooled;
  });
  const listenUrl = directUrl ?? (isPooled ? null : url);
  const connection = connect({ url, listenUrl, isPooled, ...habits });
  const watched = watchWay(onAway);
  const store = watched(postgresStore(connection));
  const replica = readUrl === null ? null : await openReplica(readUrl, connection, { ...habits, onReplica });
  return {
    store: replica ? replica.lookingAt(store) : store,
    async openAuthAdapter() {
      const { openAuthAdapter } = await import("./access/auth-adapter");
      const open = openAuthAdapter(connection);
      return (options) => watched(open(options));
    },
    commits: listenUrl === null ? "polled" : "told",
    keyMark: watched(keyMarkOf(connection)),
    replica: replica?.state ?? null,
  };
}
