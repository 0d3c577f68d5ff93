import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
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

/** Deliveries of an event. */
const fanOut = 2;
/** Searches of each kind. */
const searches = 60;
const arraySize = 1_000;

type Bytes = () => number | Promise<number>;

/** What it costs to know many events by their values, and how long a search among them takes; straight on the store. */
export const search = ({ builds: [{ name }], scale }: Context): Begin[] => [
  async () => ({ name, round: () => onFile(scale), end() {} }),
];

/** The same on Postgres. */
export function searchOnPostgres({ scale, skip }: Context): Begin[] {
  const missing = postgres.missing();
  if (missing) {
    skip(`No search is measured on Postgres: ${missing}.`);
    return [];
  }
  return [async () => ({ name: "on Postgres", round: () => onPostgres(scale), end() {} })];
}

async function onFile(scale: Scale): Promise<Reading[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "fanfare-bench-"));
  const bytes = () => {
    const files = readdirSync(dataDir).filter((name) => !name.endsWith("-wal"));
    return files.reduce((sum, name) => sum + statSync(join(dataDir, name)).size, 0);
  };
  try {
    return await measure({ dataDir }, scale, bytes);
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

async function onPostgres(scale: Scale): Promise<Reading[]> {
  const server = await postgres.start();
  const client = new pg.Client({ connectionString: server.address });
  await client.connect();
  const bytes = async () => {
    const { rows } = await client.query("select pg_database_size(current_database()) as bytes");
    return Number(rows[0]?.bytes);
  };
  try {
    return await measure({ dataDir: "", databaseUrl: server.address }, scale, bytes);
  } finally {
    await client.end();
    await server.end();
  }
}

async function measure(place: StorePlace, { searchedDeliveries }: Scale, bytes: Bytes): Promise<Reading[]> {
  await migrateStore(place);
  const count = searchedDeliveries / fanOut;
  const filling = await openStore(place);
  const customer = await addCustomer(filling.store);
  for (let made = 0; made < count; made += arraySize) await publish(filling.store, customer, made);
  await filling.store.close(); // and its log with it
  const before = await bytes();

  const { store } = await openStore(place);
  const startedAt = process.cpuUsage();
  while (await store.keepSearchIndex(true));
  const { user, system: inKernel } = process.cpuUsage(startedAt);
  const readings = await timeSearches(store, customer, count);
  await store.close();
  return [
    ...readings,
    { what: "CPU of a worker to index an event", unit: "µs", value: (user + inKernel) / count },
    { what: "the index of an event", unit: "bytes", value: ((await bytes()) - before) / count },
  ];
}

async function addCustomer(store: Store): Promise<string> {
  const id = randomUUID();
  await store.createCustomer({ id, name: "Bench", externalId: null }, system);
  for (let made = 0; made < fanOut; made += 1)
    await store.createWebhook(
      {
        id: randomUUID(),
        customerId: id,
        url: "https://receiver.example/",
        secret: null,
        isActive: true,
        events: ["cdd_state_changed"],
        conditions: null,
        description: null,
      },
      system,
    );
  return id;
}

/** As many values as the catalogue's samples have, some of which are of one event and some of many. */
async function publish(store: Store, customer: string, from: number): Promise<void> {
  const events = Array.from({ length: arraySize }, (_, index) => ({
    customer,
    id: randomUUID(),
    type: "cdd_state_changed",
    dataJson: JSON.stringify({
      cdd_id: randomUUID(),
      case_id: `C-${from + index}`,
      state: index % 10 === 0 ? "inconclusive" : "complete",
      previous_state: "in_progress",
      changed_at: new Date(1_700_000_000_000 + (from + index) * 1_000).toISOString(),
      subject: {
        id: randomUUID(),
        kind: index % 3 === 0 ? "individual" : "company",
        name: `Northwind ${index}`,
      },
      risk_level: ["low", "medium", "high", "critical"][index % 4],
      reasons: ["identity_verified", "ownership_resolved"],
    }),
    contentHash: "",
  }));
  await store.publishEvents(events);
}

async function timeSearches(store: Store, customer: string, count: number): Promise<Reading[]> {
  const some = (turn: number) => `C-${Math.floor((turn * count) / searches)}`;
  const kinds: Record<string, (turn: number) => string> = {
    "a value of one event": some,
    "a value of one event at its path": (turn) => `data.case_id = ${some(turn)}`,
    "a value of every second event": () => "state = complete",
    "a value that there is not, at a path": () => "data.case_id = C-none",
    "a text that there is not": () => "nothing says this",
  };
  const readings: Reading[] = [];
  for (const [what, textOf] of Object.entries(kinds)) {
    const tookMs: number[] = [];
    for (let turn = 0; turn < searches; turn += 1) {
      const startedAt = performance.now();
      await store.listDeliveries(customer, { text: textOf(turn), content: false, pageSize: 50 });
      tookMs.push(performance.now() - startedAt);
    }
    const among = `among ${(count * fanOut).toLocaleString("en")} deliveries`;
    readings.push({ what: `search for ${what} ${among}, p95`, unit: "ms", value: percentile(tookMs, 0.95) });
  }
  return readings;
}
