import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Platform, platformOf } from "@/chaos/platform";
import { type RunningProduct, startProduct } from "@/chaos/running-product";
import { createAuthority } from "@/testing/certificates";
import { type BenchReceiver, startBenchReceiver } from "./receiver";

/** What a measurement works with: the product as `npm start` runs it, on a data folder of its own. */
export type Bench = {
  product: RunningProduct;
  platform: Platform;
  platformKey: string;
  receiver: BenchReceiver;
  caFile: string;
};

/** One line of the table. `goal` is empty where there is none. */
export type Row = { what: string; measured: string; goal: string };

/** Starts a fresh product and a receiver for one measurement, and removes them after it. */
export async function withBench(
  measure: (bench: Bench) => Promise<Row[]>,
  settings: Record<string, string> = {},
): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-bench-"));
  const authority = await createAuthority(folder);
  const receiver = await startBenchReceiver(await authority.issue());
  const key = `fp_${randomBytes(24).toString("hex")}`;
  const product = await startProduct({
    entries: "dist",
    dataDir: join(folder, "data"),
    workers: 1,
    logFile: join(folder, "log"),
    settings: {
      PLATFORM_API_KEY: key,
      DELIVERY_ALLOW_CIDRS: "127.0.0.0/8",
      NODE_EXTRA_CA_CERTS: authority.caFile,
      ...settings,
    },
  });
  try {
    return await measure({
      product,
      platform: platformOf(product.url, key),
      platformKey: key,
      receiver,
      caFile: authority.caFile,
    });
  } finally {
    product.destroy();
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A customer with webhooks that list `search_completed`. */
export async function addCustomer({ platform, receiver }: Bench, paths: string[]): Promise<string> {
  const customer = await platform.addCustomer("Bench");
  for (const path of paths) {
    await platform.addWebhook(customer, {
      webhook_url: `${receiver.origin}${path}`,
      secret: "a secret of the bench",
      events: ["search_completed"],
    });
  }
  return customer;
}

export const sampleEvent = (customer: string, id?: string) => ({
  customer_id: customer,
  type: "search_completed",
  id,
  data: {
    search_id: "0193c11a-9d07-7a6e-86f3-b5e20c8d4731",
    query: { name: "Amelia Hartmann", birth_date: "1984-07-19", country: "DE" },
    hit_count: 2,
    lists: ["sanctions", "pep", "adverse_media"],
    completed_at: "2026-03-15T16:20:44.096Z",
  },
});

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: number[]) => percentile(values, 0.5);
