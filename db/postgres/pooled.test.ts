import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { installedPooler, type Pooler, startPooler } from "@/testing/pgbouncer";
import { attempt, claim, newCustomer, newWebhook, publish } from "../contract.kit";
import type { Opened } from "../opened";
import type { Store } from "../store";
import { openPostgres } from "./open";
import { makeDatabase } from "./open.kit";

const program = installedPooler();

describe.skipIf(program === null)("behind PgBouncer in transaction mode, where it is installed", () => {
  const poolSize = 2;
  let pooler: Pooler;
  let databaseUrl: string;
  let databaseDirectUrl: string;
  const opened: Opened[] = [];
  beforeAll(async () => {
    pooler = await startPooler(String(program), inject("postgresUrl"), poolSize);
  });
  afterAll(() => pooler.end());
  beforeEach(async () => {
    databaseDirectUrl = await makeDatabase();
    databaseUrl = pooler.urlOf(databaseDirectUrl);
  });
  afterEach(async () => {
    for (const { store } of opened.splice(0)) await store.close();
  });

  /** As a process does. */
  async function open(directUrl: string | null): Promise<Opened> {
    const process = await openPostgres({ databaseUrl, databaseDirectUrl: directUrl });
    opened.push(process);
    return process;
  }

  test("two processes do what is done most, and prepare nothing", async () => {
    const stores = [(await open(null)).store, (await open(databaseDirectUrl)).store];
    const recorded = await Promise.all(stores.map((store, index) => deliverAgain(store, `worker ${index}`)));
    expect(new Set(recorded.flat())).toEqual(new Set(["recorded"]));
    expect(await preparedStatements()).toEqual(Array(poolSize).fill(0));
  });

  test("commits of others are told past it, and looked for where nothing leads past it", async () => {
    const [past, through] = [await open(databaseDirectUrl), await open(null)];
    expect([past.commits, through.commits]).toEqual(["told", "polled"]);
    const customer = await newCustomer(through.store);
    await newWebhook(through.store, customer);
    const starts = [past, through].map(({ store }) => store.listChanges(customer, { after: null, limit: 1 }));
    const cursors = (await Promise.all(starts)).map(({ cursor }) => cursor);
    let listening = () => {};
    const isListening = new Promise<void>((resolve) => {
      listening = resolve;
    });
    const told = new Promise<void>((resolve) => {
      let times = 0;
      past.store.onChange(() => {
        times += 1;
        if (times === 1) listening();
        else resolve();
      });
    });
    await isListening;
    const [event] = await publish(through.store, customer);
    await told;
    for (const [index, { store }] of [past, through].entries()) {
      const { items } = await store.listChanges(customer, { after: cursors[index] ?? "", limit: 9 });
      expect(items.map(({ delivery }) => delivery.eventId)).toEqual([event]);
    }
  });

  /** More often than what is asked again and again is prepared where nothing is in between. */
  const turns = 20;

  /** Publishes, claims and records until as much is recorded, of whatever is due. */
  async function deliverAgain(store: Store, workerId: string): Promise<string[]> {
    const results: string[] = [];
    const customer = await newCustomer(store);
    await newWebhook(store, customer);
    while (results.length < turns) {
      await publish(store, customer);
      const claims = await claim(store, { workerId });
      const now = Date.now();
      if (claims.length > 0)
        results.push(...(await store.recordAttempts(claims.map((each) => attempt(each, 200, now)))));
    }
    return results;
  }

  /** How many each session of the server knows that the pooler has: a transaction in each of them asks. */
  async function preparedStatements(): Promise<number[]> {
    const clients = Array.from({ length: poolSize }, () => new pg.Client({ connectionString: databaseUrl }));
    for (const client of clients) await client.connect();
    try {
      for (const client of clients) await client.query("begin");
      const counts = clients.map((client) =>
        client.query("select count(*)::int as count, pg_backend_pid() as pid from pg_prepared_statements"),
      );
      const rows = (await Promise.all(counts)).map(({ rows: [row] }) => row);
      expect(new Set(rows.map(({ pid }) => pid)).size).toBe(poolSize);
      return rows.map(({ count }) => count);
    } finally {
      for (const client of clients) await client.end();
    }
  }
});
