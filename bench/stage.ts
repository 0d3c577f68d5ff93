import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Platform, platformOf } from "@/chaos/platform";
import { type RunningProduct, startProduct } from "@/chaos/running-product";
import { createAuthority } from "@/testing/certificates";
import type { Begin, Build, Reading } from "./measurement";
import { postgres, type Server } from "./peers/servers";
import { type BenchReceiver, startBenchReceiver } from "./receiver";

/** What a measurement works with: a build's product as `npm start` runs it, on a data folder of its own. */
export type Stage = {
  build: Build;
  product: RunningProduct;
  platform: Platform;
  receiver: BenchReceiver;
  dataDir: string;
  /** Null on SQLite. */
  server: Server | null;
  /** What the product was told, in case it is started anew. */
  settings: Record<string, string>;
  end(): void;
};

export type StageOptions = {
  settings?: Record<string, string>;
  workers?: number;
  /** On a Postgres of its own instead of SQLite. */
  isOnPostgres?: boolean;
};

/** Stages that one measurement hands on to the next, when it has come to that; by what they are of. */
let shared: Map<string, Stage> | null = null;

/** From now on a stage is set once for all who want the same: most of the time of a tiny run goes into starting. */
export function shareStages(): void {
  shared = new Map();
}

export function endSharedStages(): void {
  for (const stage of shared?.values() ?? []) stage.end();
}

/** A stage of one's own, or one that is shared by now. */
export async function takeStage(build: Build, options: StageOptions = {}): Promise<Stage> {
  if (!shared) return setStage(build, options);
  const name = JSON.stringify([build, options]);
  const stage = shared.get(name) ?? (await setStage(build, options));
  shared.set(name, stage);
  await resting([stage]).wake();
  return { ...stage, end() {} };
}

/** A stage of one's own, for who stops or kills it. */
export async function setStage(
  build: Build,
  { settings: changed = {}, workers = 1, isOnPostgres = false }: StageOptions = {},
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-bench-"));
  const dataDir = join(folder, "data");
  const authority = await createAuthority(folder);
  const receiver = await startBenchReceiver(await authority.issue(), authority.caFile);
  const server = isOnPostgres ? await postgres.start() : null;
  const settings = {
    PLATFORM_API_KEY: `fp_${randomBytes(24).toString("hex")}`,
    DELIVERY_ALLOW_CIDRS: "127.0.0.0/8",
    NODE_EXTRA_CA_CERTS: authority.caFile,
    ...(server && { DATABASE_URL: server.address }),
    ...changed,
  };
  const product = await startProduct({
    folder: build.folder,
    entries: "dist",
    dataDir,
    workers,
    logFile: join(folder, "log"),
    settings,
  });
  return {
    build,
    product,
    platform: platformOf(product.url, settings.PLATFORM_API_KEY),
    receiver,
    dataDir,
    server,
    settings,
    end() {
      product.destroy();
      receiver.close();
      void server?.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A build as a subject that runs through all rounds. `prepare` sets the scene, and answers what a round is. */
export function onStage(
  build: Build,
  prepare: (stage: Stage) => Promise<() => Promise<Reading[]>>,
  options?: StageOptions,
): Begin {
  return async () => {
    const stage = await takeStage(build, options);
    try {
      return { name: build.name, round: await prepare(stage), ...resting([stage]), end: stage.end };
    } catch (error) {
      stage.end();
      throw error;
    }
  };
}

/** A build as a subject that begins from nothing in every round. */
export function onNewStage(
  build: Build,
  measure: (stage: Stage) => Promise<Reading[]>,
  options?: StageOptions,
): Begin {
  const round = async () => {
    const stage = await takeStage(build, options);
    try {
      return await measure(stage);
    } finally {
      stage.end();
    }
  };
  return async () => ({ name: build.name, round, end() {} });
}

/** Frozen, a product looks for no work, and takes nothing from who is measured. */
export const resting = (stages: Stage[]) => ({
  rest() {
    for (const { product } of stages) {
      product.signal("web", "SIGSTOP");
      product.signal("worker", "SIGSTOP");
    }
  },
  async wake() {
    for (const { product } of stages) {
      product.signal("web", "SIGCONT");
      product.signal("worker", "SIGCONT");
      await product.ready();
    }
  },
});

/** A customer with webhooks that list `search_completed`, and a key of its own. */
export async function addCustomer({ platform, receiver }: Stage, paths: string[]) {
  const id = await platform.addCustomer("Bench");
  const webhooks: string[] = [];
  for (const path of paths) {
    const webhook = { webhook_url: `${receiver.origin}${path}`, secret, events: ["search_completed"] };
    webhooks.push(await platform.addWebhook(id, webhook));
  }
  const { key } = (await platform.call("POST", `/customers/${id}/api-keys`, {})) as { key: string };
  return { id, webhooks, headers: { "x-api-key": key, "content-type": "application/json" } };
}

export type Customer = Awaited<ReturnType<typeof addCustomer>>;

export const secret = "a secret of the bench";
