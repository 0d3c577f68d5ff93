import { drizzle } from "drizzle-orm/node-postgres";
import type { StoreHabits } from "../../opened";
import type { ReplicaState, Store } from "../../store";
import { type Connection, openPool } from "../connection/connection";
import { postgresStore } from "../store";
import { lookingAt } from "./looks";
import { followReplica, staleAfterMs } from "./replica";

const connectTimeoutMs = 2_000;

type Habits = Pick<StoreHabits, "clock"> & Required<Pick<StoreHabits, "onReplica">>;

/**
 * Opens a streaming replica of the database of a connection, which is closed when it can never be used: then this
 * throws a StoreError. What it shows is told as of when it was all that there was.
 */
export async function openReplica(
  url: string,
  primary: Connection,
  habits: Habits,
): Promise<{ lookingAt(store: Store): Store; state(): ReplicaState }> {
  // Nothing is prepared, since a pooler may be in between. What takes longer would be too old when it comes.
  const pool = openPool(url, { query_timeout: staleAfterMs, connectionTimeoutMillis: connectTimeoutMs });
  const sides = { replica: pool, primary: primary.pool, ...habits };
  const replica = await followReplica(sides).catch(async (error) => {
    await Promise.all([pool.end(), primary.close()]);
    throw error;
  });
  const onReplica = postgresStore({ ...primary, db: drizzle(pool), pool, now: async () => replica.clock() });
  return { lookingAt: (store) => lookingAt(replica, store, onReplica), state: replica.state };
}
