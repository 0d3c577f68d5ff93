import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrateStore, openStore, type StorePlace } from "@/db/open";
import type { Store } from "@/db/store";
import { system } from "@/domain/audit/actor";
import type { Begin, Context, Reading } from "../measurement";
import { percentile } from "../numbers";
import { postgres } from "../peers/servers";
import type { Scale } from "../scale";

const customers = 20;
const slots = 16;

/** How long a claim of 16 takes with ever more deliveries waiting; straight on the store of this build. */
export const claims = ({ builds: [{ name }], scale }: Context): Begin[] => [
  async () => ({ name, round: () => onFile(scale), end() {} }),
];

/** The same on Postgres, and with ever so many that have ended. */
export function claimsOnPostgres({ scale, skip }: Context): Begin[] {
  const missing = postgres.missing();
  if (missing) {
    skip(`No claim is measured on Postgres: ${missing}.`);
    return [];
  }
  return [async () => ({ name: "on Postgres", round: () => onPostgres(scale), end() {} })];
}

async function onFile(scale: Scale): Promise<Reading[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "fanfare-bench-"));
  try {
    return await measure({ dataDir }, { ...scale, ended: 0 });
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

async function onPostgres({ postgresBacklogs, endedDeliveries: ended, claims }: Scale): Promise<Reading[]> {
  const readings: Reading[] = [];
  const fewest = postgresBacklogs.slice(0, 1);
  for (const part of [
    { backlogs: postgresBacklogs, ended: 0 },
    { backlogs: fewest, ended },
  ]) {
    const server = await postgres.start();
    try {
      readings.push(...(await measure({ dataDir: "", databaseUrl: server.address }, { ...part, claims })));
    } finally {
      await server.end();
    }
  }
  return readings;
}

type Depths = Pick<Scale, "backlogs" | "claims"> & { ended: number };

async function measure(place: StorePlace, { backlogs, claims, ended }: Depths): Promise<Reading[]> {
  await migrateStore(place);
  const { store } = await openStore(place);
  try {
    const owners = await addCustomers(store);
    if (ended > 0) await addEnded(place.databaseUrl ?? "", ended);
    const readings: Reading[] = [];
    let waiting = 0;
    for (const backlog of backlogs) {
      for (; waiting < backlog; waiting += 1_000)
        await publish(store, owners[(waiting / 1_000) % customers] ?? "");
      const tookMs = await timeClaims(store, claims);
      const beside = ended > 0 ? ` and ${ended.toLocaleString("en")} ended` : "";
      const what = `claim of ${slots} with ${backlog.toLocaleString("en")} waiting${beside}, its commit included`;
      readings.push({ what: `${what}, p50`, unit: "ms", value: percentile(tookMs, 0.5) });
    }
    return readings;
  } finally {
    await store.close();
  }
}

/** As delivering leaves them, but for attempts and payloads, which no claim reads. */
async function addEnded(databaseUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("set session_replication_role = replica"); // checks of references take most of the time
    await client.query(
      `insert into events (id, customer_key, type, content_hash, deliveries, skipped, created_at)
        select 'ended ' || n, (select min(key) from customers), 'search_completed', '', ${customers}, '[]', n
        from generate_series(1, $1::integer) n`,
      [Math.ceil(count / customers)],
    );
    await client.query(`insert into deliveries (event_key, webhook_key, customer_key, event_type, status, due_at,
        next_reason, attempts, tries, status_code, duration_ms, created_at, pending_since, ended_at, change, day)
      select e.key, w.key, w.customer_key, e.type, 'delivered', e.created_at, 'scheduled', 1, 1, 200, 5,
        e.created_at, e.created_at, e.created_at, 1, e.day
      from events e cross join webhooks w where e.id like 'ended %'`);
  } finally {
    await client.end();
  }
}

async function addCustomers(store: Store): Promise<string[]> {
  const owners: string[] = [];
  for (let index = 0; index < customers; index += 1) {
    const [id, webhookId] = [randomUUID(), randomUUID()];
    await store.createCustomer({ id, name: "Bench", externalId: null }, system);
    await store.createWebhook(
      {
        id: webhookId,
        customerId: id,
        url: "https://receiver.example/",
        secret: null,
        isActive: true,
        events: ["search_completed"],
        conditions: null,
        description: null,
      },
      system,
    );
    owners.push(id);
  }
  return owners;
}

async function publish(store: Store, customer: string): Promise<void> {
  const events = Array.from({ length: 1_000 }, () => ({
    customer,
    id: randomUUID(),
    type: "search_completed",
    dataJson: "{}",
    contentHash: "",
  }));
  await store.publishEvents(events);
}

/** Everything claimed is given back, so that the backlog stays. */
async function timeClaims(store: Store, claims: number): Promise<number[]> {
  const tookMs: number[] = [];
  for (let turn = 0; turn < claims; turn += 1) {
    const startedAt = performance.now();
    const claimed = await store.claimDeliveries({
      workerId: "bench",
      leaseMs: 25_000,
      slots,
      testSlots: 0,
      testsInFlight: new Map(),
      webhookCap: 16,
      customerCap: 64,
      free: 256,
      inFlight: { byWebhook: new Map(), byCustomer: new Map() },
      webhookCaps: new Map(),
      webhookRooms: new Map(),
      drainCaps: new Map(),
    });
    tookMs.push(performance.now() - startedAt);
    if (claimed.length > 0) await store.releaseDeliveries(claimed);
  }
  return tookMs;
}
