import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Clusters, setClusters, systemPrograms } from "@/testing/postgres-cluster";
import { runSql } from "@/testing/postgres-server";
import { type Clock, newCustomer, newWebhook, publish, runBy } from "../contract.kit";
import type { Store } from "../store";
import { type Connection, connect } from "./connection/connection";
import { migrateDatabase } from "./connection/migrate";
import { spendTransactions } from "./open.kit";
import { postgresStore } from "./store";

/* Backups as docs/backup.md describes them, by the tools that come with a server: skipped where there are none. */

const programs = systemPrograms();

describe.skipIf(programs === null)("a database that is written to", () => {
  const clock: Clock = { now: Date.UTC(2026, 0, 1), jumpedMs: 0, doubts: [] };
  const connections: Connection[] = [];
  let clusters: Clusters;
  let store: Store;
  let customer: string;

  beforeAll(async () => {
    clusters = setClusters(String(programs));
    await clusters.make("original");
    await spendTransactions(clusters.url("original"), 3_000);
  });
  afterAll(() => clusters.remove());
  beforeEach(async () => {
    store = await open("original");
    customer = await newCustomer(store);
    await newWebhook(store, customer);
  });
  afterEach(async () => {
    for (const connection of connections.splice(0)) await connection.close();
  });

  /** As the first process does that starts there. */
  async function open(name: string): Promise<Store> {
    const url = clusters.url(name);
    await migrateDatabase({ url, setting: "DATABASE_URL" });
    const connection = connect({ url, ...runBy(clock) });
    connections.push(connection);
    return postgresStore(connection);
  }

  /** Publishes without a pause while something is done; answers what was acknowledged before, and all. */
  async function whilePublishing(task: () => Promise<void>) {
    const before = await publish(store, customer, 50);
    const acknowledged = [...before];
    let isOver = false;
    const publishing = (async () => {
      while (!isOver) acknowledged.push(...(await publish(store, customer)));
    })();
    await task();
    isOver = true;
    await publishing;
    return { before, acknowledged };
  }

  /** Those that are there, with their delivery. */
  async function find(restored: Store, ids: string[]): Promise<string[]> {
    const found = await Promise.all(
      ids.map(async (id) => ({ id, event: await restored.getEvent(customer, id) })),
    );
    return found.filter(({ event }) => event?.traces.length === 1).map(({ id }) => id);
  }

  /** A follower of the original, past all that was published there, sees what is published now. */
  async function expectFollowed(restored: Store): Promise<void> {
    const { cursor } = await store.listChanges(customer, { after: null, limit: 1 });
    const [id] = await publish(restored, customer);
    const { items } = await restored.listChanges(customer, { after: cursor, limit: 9 });
    expect(items.map(({ delivery }) => delivery.eventId)).toEqual([id]);
  }

  test("is dumped as it is at one moment, and restored into a fresh cluster", async () => {
    const dump = join(clusters.folder, "dump");
    const { before } = await whilePublishing(() =>
      clusters.run("pg_dump", ["--format=custom", `--file=${dump}`, "--dbname=fanfare"], "original"),
    );
    await clusters.make("fresh");
    await clusters.run("pg_restore", ["--exit-on-error", "--dbname=fanfare", dump], "fresh");
    const restored = await open("fresh");
    expect(await find(restored, before)).toEqual(before);
    await expectFollowed(restored);
  });

  test("is copied whole, and brought to a moment by the archived log", async () => {
    const base = join(clusters.folder, "base");
    const { acknowledged } = await whilePublishing(() =>
      clusters.run("pg_basebackup", ["--checkpoint=fast", "-D", base], "original"),
    );
    const moment = await select("original", "clock_timestamp()::text");
    const late = await publish(store, customer, 5);
    const segment = await select("original", "pg_walfile_name(pg_switch_wal())");
    const isArchived = `(select last_archived_wal >= '${segment}' from pg_stat_archiver)`;
    await expect.poll(() => select("original", isArchived), { timeout: 20_000 }).toBe(true);
    await clusters.recover("base", String(moment));
    await expect.poll(() => select("base", "pg_is_in_recovery()"), { timeout: 20_000 }).toBe(false);
    const restored = await open("base");
    expect(await find(restored, acknowledged)).toEqual(acknowledged);
    expect(await find(restored, late)).toEqual([]);
    await expectFollowed(restored);
  });

  /** What a server answers to `select <what>`. */
  async function select(name: string, what: string): Promise<unknown> {
    const [row] = await runSql(clusters.url(name), `select ${what} as it`);
    return row?.it;
  }
});
