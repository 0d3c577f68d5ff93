import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type PostgresServer, runSql, startPostgres } from "@/testing/postgres-server";
import { openWay, type Way } from "./way";

/** A server with a standby, which has every commit before it is acknowledged, and the product's way to it. */
export type Cluster = {
  way: Way;
  /** By the way. */
  url: string;
  /** Of the primary of now, past the way. */
  directUrl(): string;
  /** Takes the server away at once, as a crash does, and starts it again after a while. */
  restart(afterMs: number): Promise<void>;
  /** Takes the server away for good: its standby becomes the primary, and gets a standby of its own. */
  failOver(): Promise<void>;
  end(): Promise<void>;
};

const standbyName = "standby";
const inStepWithinMs = 30_000;
const pollMs = 20;

export async function startCluster(): Promise<Cluster> {
  let primary = await startPostgres();
  let standby = await addStandby(primary);
  const way = await openWay(socketOf(primary));
  return {
    way,
    url: `postgres://postgres@127.0.0.1:${way.port}/postgres`,
    directUrl: () => primary.url,
    async restart(afterMs) {
      await primary.stop();
      await pause(afterMs);
      await primary.start();
    },
    async failOver() {
      await inStep(primary);
      await primary.stop();
      await runSql(standby.url, "select pg_promote()");
      way.leadTo(socketOf(standby));
      await primary.end();
      primary = standby;
      standby = await addStandby(primary);
    },
    async end() {
      await way.close();
      for (const server of [standby, primary]) await server.end();
    },
  };
}

/** From then on no commit is acknowledged that it does not have. */
async function addStandby(primary: PostgresServer): Promise<PostgresServer> {
  const standby = await startPostgres({ standbyOf: primary, name: standbyName });
  await runSql(primary.url, `alter system set synchronous_standby_names = ${standbyName}`);
  await runSql(primary.url, "select pg_reload_conf()");
  await inStep(primary);
  return standby;
}

/** One that is not would lose what was acknowledged while it was away. */
async function inStep(primary: PostgresServer): Promise<void> {
  const giveUpAt = performance.now() + inStepWithinMs;
  for (;;) {
    const rows = await runSql(primary.url, "select from pg_stat_replication where sync_state = 'sync'");
    if (rows.length > 0) return;
    if (performance.now() > giveUpAt) throw new Error("The standby does not get in step.");
    await pause(pollMs);
  }
}

const socketOf = ({ folder }: PostgresServer) => join(folder, ".s.PGSQL.5432");
