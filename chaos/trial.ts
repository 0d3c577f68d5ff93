import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { auditStore, type Finding } from "@/db/audit";
import { createAuthority } from "@/testing/certificates";
import { createLedger, type Ledger } from "./ledger";
import { type Load, startLoad } from "./load";
import { type Platform, platformOf } from "./platform";
import { giveOrder, type Order } from "./product/orders";
import { type ChaosReceiver, startChaosReceiver } from "./receiver";
import { type ProductOptions, type RunningProduct, startProduct } from "./running-product";
import { judge, type Verdict } from "./verdict";
import { type Witness, witnessFile } from "./witness";

/** What the product keeps its data in, and so how it is started, and judged. */
export type Ground = {
  start(options: ProductOptions): Promise<RunningProduct>;
  witness(): Witness;
  audit(retentionMs: number): Promise<Finding[] | null>;
};

/** Everything that a disturbance may lay hands on. */
export type Trial = {
  product: RunningProduct;
  receiver: ChaosReceiver;
  platform: Platform;
  load: Load;
  ledger: Ledger;
  workers: number;
  /** Webhook ids by customer. */
  webhooks: ReadonlyMap<string, string[]>;
  /** Where an order to die is left for the product's processes. */
  orderFile: string;
  /** The settings that the product was started with. */
  settings: Record<string, string>;
  /** What a disturbance leaves behind it, which ends by itself, and before the load does. */
  underWay: Promise<void>[];
};

export type TrialOptions = {
  /** The folder of the entries: the product's own, or the ones with wrapped doors. */
  entries: string;
  workers?: number;
  eventsPerSecond?: number;
  settings?: Record<string, string>;
  /** As in the settings, for the audit. */
  retentionMs?: number;
  /** The data folder, which need not exist. */
  dataDir?: string;
  /** A SQLite file in the data folder, unless it says else. */
  ground?: Ground;
  /** An order that waits for the first start. */
  firstOrder?: Order;
};

const customerCount = 3;
const webhooksPerCustomer = 2;
/** Longer than a lease, a retry and a probe of a breaker together. */
const stuckAfterMs = 60_000;
const defaultRetentionMs = 30 * 24 * 3_600_000;

/**
 * Starts the product with customers, webhooks, a receiver and a steady load, lets `disturb` do its worst, then
 * waits for what is pending and judges it all against the ledger, the receiver's receipts and the store.
 */
export async function runTrial(
  options: TrialOptions,
  disturb: (trial: Trial) => Promise<void>,
): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-chaos-"));
  const authority = await createAuthority(folder);
  const receiver = await startChaosReceiver(await authority.issue());
  const platformKey = `fp_${randomBytes(24).toString("hex")}`;
  const orderFile = join(folder, "order");
  const settings = {
    PLATFORM_API_KEY: platformKey,
    AUTH_SECRET: randomBytes(24).toString("hex"),
    ENCRYPTION_KEYS: ["a", "b"].map((id) => `${id}:${randomBytes(32).toString("base64")}`).join(","),
    DELIVERY_ALLOW_CIDRS: "127.0.0.0/8",
    RETRY_SCHEDULE: "300ms,500ms,1s,1s,2s,2s,3s,3s,5s,5s,5s,5s",
    DELIVERY_TIMEOUT: "2s",
    LOG_LEVEL: "warn",
    NODE_EXTRA_CA_CERTS: authority.caFile,
    CHAOS_ORDER: orderFile,
    ...options.settings,
  };
  const { entries, workers = 1, retentionMs = defaultRetentionMs } = options;
  const dataDir = options.dataDir ?? join(folder, "data");
  const ground = options.ground ?? fileIn(dataDir);
  if (options.firstOrder) giveOrder(orderFile, options.firstOrder);
  const product = await ground.start({ entries, dataDir, workers, settings, logFile: join(folder, "log") });
  try {
    const platforms = product.urls.map((url) => platformOf(url, platformKey));
    const platform = platformOf(product.url, platformKey);
    const webhooks = await addWebhooks(platform, receiver.port);
    const ledger = createLedger();
    const customers = [...webhooks.keys()];
    const load = startLoad(platforms, { customers, ledger, eventsPerSecond: options.eventsPerSecond ?? 120 });
    const underWay: Promise<void>[] = [];
    await disturb({
      product,
      receiver,
      platform,
      load,
      ledger,
      workers,
      webhooks,
      orderFile,
      settings,
      underWay,
    });
    await Promise.all(underWay);
    await load.stop();
    const settled = await drain(ground.witness());
    await product.ready();
    await product.stop();
    const findings = (await ground.audit(retentionMs)) ?? [];
    return judge({ ledger, webhooks, receipts: receiver.receipts, ...settled, findings });
  } finally {
    product.destroy();
    await receiver.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const fileIn = (dataDir: string): Ground => ({
  start: startProduct,
  witness: () => witnessFile(dataDir),
  audit: (retentionMs) => auditStore({ dataDir, retentionMs }),
});

async function addWebhooks(platform: Platform, port: number): Promise<Map<string, string[]>> {
  const webhooks = new Map<string, string[]>();
  for (let index = 0; index < customerCount; index += 1) {
    const customer = await platform.addCustomer(`Customer ${index}`);
    const own: string[] = [];
    for (let number = 0; number < webhooksPerCustomer; number += 1) {
      const webhook_url = `https://127.0.0.1:${port}/${index}/${number}`;
      const secret = `canary-${randomBytes(12).toString("hex")}`;
      own.push(await platform.addWebhook(customer, { webhook_url, secret, events: ["search_completed"] }));
    }
    webhooks.set(customer, own);
  }
  return webhooks;
}

/** Waits until nothing is pending, or until so long nothing has moved that what is pending counts as stuck. */
async function drain(witness: Witness) {
  try {
    let fewest = await witness.pending();
    let movedAt = performance.now();
    while (fewest > 0 && performance.now() - movedAt < stuckAfterMs) {
      await pause(100);
      const pending = await witness.pending();
      if (pending < fewest) movedAt = performance.now();
      fewest = Math.min(fewest, pending);
    }
    return {
      stuck: await witness.pending(),
      unansweredAttempts: await witness.unansweredAttempts(),
      deliveredTwice: await witness.deliveredTwice(),
    };
  } finally {
    witness.close();
  }
}
