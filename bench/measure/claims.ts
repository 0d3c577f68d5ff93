import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateStore, openStore } from "@/db/open";
import type { Store } from "@/db/store";
import type { Begin, Context, Reading } from "../measurement";
import { percentile } from "../numbers";
import type { Scale } from "../scale";

const customers = 20;
const slots = 16;

/** How long a claim of 16 takes with ever more deliveries waiting; straight on the store of this build. */
export const claims = ({ builds: [{ name }], scale }: Context): Begin[] => [
  async () => ({ name, round: () => measure(scale), end() {} }),
];

async function measure(scale: Scale): Promise<Reading[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "fanfare-bench-"));
  await migrateStore({ dataDir });
  const { store } = await openStore({ dataDir });
  try {
    const owners = await addCustomers(store);
    const readings: Reading[] = [];
    let waiting = 0;
    for (const backlog of scale.backlogs) {
      for (; waiting < backlog; waiting += 1_000)
        await publish(store, owners[(waiting / 1_000) % customers] ?? "");
      const tookMs = await timeClaims(store, scale.claims);
      const what = `claim of ${slots} with ${backlog.toLocaleString("en")} waiting, its commit included`;
      readings.push({ what: `${what}, p50`, unit: "ms", value: percentile(tookMs, 0.5) });
    }
    return readings;
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true });
  }
}

async function addCustomers(store: Store): Promise<string[]> {
  const owners: string[] = [];
  for (let index = 0; index < customers; index += 1) {
    const [id, webhookId] = [randomUUID(), randomUUID()];
    await store.createCustomer({ id, name: "Bench", externalId: null });
    await store.createWebhook({
      id: webhookId,
      customerId: id,
      url: "https://receiver.example/",
      secret: null,
      isActive: true,
      events: ["search_completed"],
      description: null,
    });
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
      drainCaps: new Map(),
    });
    tookMs.push(performance.now() - startedAt);
    if (claimed.length > 0) await store.releaseDeliveries(claimed);
  }
  return tookMs;
}
