import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { carryOut, type Kills, killAgain, killPart } from "./kills";
import { giveOrder, takeOrder } from "./product/orders";
import { runTrial, type Trial, type TrialOptions } from "./trial";
import type { Verdict } from "./verdict";

/** A disturbance of its own kind. Answers null when this machine cannot make it. */
export type Scenario = { name: string; run: (kills: Kills) => Promise<Verdict | null> };

export type ScenarioOptions = { entries: string; kills: number; workers: number };

const leaseMs = 12_000; // DELIVERY_TIMEOUT of a trial, and the slack of the engine

export function scenariosOf({ entries, kills: count, workers }: ScenarioOptions): Scenario[] {
  const base = { entries, workers };
  return [
    {
      name: `${count} kills, ${workers} worker${workers === 1 ? "" : "s"}`,
      run: (kills) => kill(base, count, kills),
    },
    { name: "killed in migration, rotation, recovery", run: (kills) => killChores(base, kills) },
    { name: "killed in retention", run: (kills) => killRetention(base, kills) },
    { name: "a worker frozen for twice its lease", run: () => freeze(base) },
    { name: "the receiver dies in the middle of requests", run: () => dropReceiver(base) },
    { name: "the disk is full for a while", run: () => fillDisk(base) },
  ];
}

/** The same kills on a product that acknowledges before it commits. Its verdict must not be sound. */
export const negativeControl = (entries: string): Scenario => ({
  name: "negative control: acknowledges before the commit",
  run: (kills) =>
    runTrial({ entries, settings: { CHAOS_ACKNOWLEDGE_EARLY: "yes" } }, async (trial) => {
      for (let turn = 0; turn < 3; turn += 1) {
        await pause(500);
        await killPart(trial, "web", kills);
      }
    }),
});

async function kill(options: TrialOptions, count: number, kills: Kills): Promise<Verdict> {
  return runTrial(options, async (trial) => {
    const stopCheckpoints = trial.workers > 1 ? keepCheckpointing(trial) : () => {};
    await killAgain(trial, count, kills);
    stopCheckpoints();
  });
}

/** Forced checkpoints by a further process, which is killed and started anew all the time. */
function keepCheckpointing({ product }: Trial): () => void {
  let isStopping = false;
  const run = () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "checkpointer.mjs"), product.dataDir], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), 500 + Math.random() * 1_000);
    child.on("exit", () => {
      clearTimeout(timer);
      if (!isStopping) run();
    });
  };
  run();
  return () => {
    isStopping = true;
  };
}

/** The first migration is killed before the trial begins; then come rotation and recovery, each finished after. */
function killChores(options: TrialOptions, kills: Kills): Promise<Verdict> {
  const firstOrder = { role: "worker", point: "mid migration", skip: 12 } as const;
  return runTrial({ ...options, firstOrder }, async (trial) => {
    if (takeOrder(trial.orderFile)) throw new Error("The migration was not killed.");
    note(kills, "worker, mid migration");
    await pause(1_000);
    await killRotation(trial, kills);
    await killRecovery(trial, kills);
  });
}

async function killRotation(trial: Trial, kills: Kills): Promise<void> {
  const ring = trial.settings.ENCRYPTION_KEYS?.split(",").reverse().join(",") ?? "";
  giveOrder(trial.orderFile, { role: "rotate-keys", point: "mid rotation", skip: 3 });
  const first = await rotate(trial, ring);
  if (first.signal !== "SIGKILL")
    throw new Error(`The rotation was to be killed, and ended: ${first.output}`);
  note(kills, "rotate-keys, mid rotation");
  const second = await rotate(trial, ring);
  if (second.status !== 0 || !second.output.includes("6 were re-encrypted")) {
    throw new Error(`The rotation was not finished: ${second.output}`);
  }
}

async function rotate({ product, settings }: Trial, ring: string) {
  const child = spawn(process.execPath, [join(product.entries, "rotate-keys.mjs")], {
    env: { ...process.env, ...settings, DATA_DIR: product.dataDir, ENCRYPTION_KEYS: ring },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const [status, signal] = await once(child, "close");
  return { status, signal, output };
}

/** A webhook misses events while it is off; the worker that sends them afterwards is killed in the middle. */
async function killRecovery(trial: Trial, kills: Kills): Promise<void> {
  const [customer, [webhook]] = [...trial.webhooks][0] as [string, [string]];
  const call = (method: string, path: string, body?: object) =>
    trial.platform.call(method, `/webhooks/${webhook}${path}`, body, customer) as Promise<
      Record<string, unknown>
    >;
  const since = new Date(Date.now() - 1_000).toISOString();
  await call("PATCH", "", { is_active: false });
  await pause(6_000);
  await call("PATCH", "", { is_active: true });
  const dying = carryOut(trial, { role: "worker", point: "mid recovery", skip: 0 });
  const { id, count } = await call("POST", "/recover", { since, include: ["failed", "missed"] });
  if (await dying) note(kills, "worker, mid recovery");
  else throw new Error(`No worker came by the recovery of ${count} deliveries.`);
  for (;;) {
    const { state, done, total } = await call("GET", `/recoveries/${id}`);
    if (state === "done") {
      if (done !== total) throw new Error(`The recovery has done ${done} of ${total}.`);
      return;
    }
    await pause(100);
  }
}

/** A starting worker prunes what is old: it dies of that, and the next one goes on. */
function killRetention(options: TrialOptions, kills: Kills): Promise<Verdict> {
  const retentionMs = 15_000;
  const settings = { RETENTION: `${retentionMs}ms` };
  return runTrial({ ...options, settings, retentionMs }, async (trial) => {
    await pause(retentionMs + 8_000);
    giveOrder(trial.orderFile, { role: "worker", point: "mid retention", skip: 1 });
    await killPart(trial, "worker", kills);
    if (!(await carryOut(trial, { role: "worker", point: "mid retention", skip: 0 }))) {
      throw new Error("No worker came by the retention.");
    }
    note(kills, "worker, mid retention");
    await trial.receiver.nextNewcomer();
    await pause(2_000);
  });
}

/** Once before it sends what it has claimed, once after: then others have taken that over when it wakes. */
function freeze(options: TrialOptions): Promise<Verdict> {
  const workers = Math.max(2, options.workers ?? 1);
  return runTrial({ ...options, workers }, async (trial) => {
    for (const point of ["after claim", "after send"] as const) {
      await pause(1_000);
      const isFrozen = await carryOut(trial, { role: "worker", point, skip: 0, signal: "SIGSTOP" });
      if (!isFrozen) throw new Error("No worker came by to be frozen.");
      await pause(2 * leaseMs);
      trial.product.signal("worker", "SIGCONT");
    }
    await pause(2_000);
  });
}

function dropReceiver(options: TrialOptions): Promise<Verdict> {
  return runTrial(options, async ({ receiver }) => {
    for (let turn = 0; turn < 2; turn += 1) {
      await pause(2_000);
      await receiver.drop();
      await pause(1_000);
      await receiver.listen();
      await receiver.nextNewcomer();
    }
  });
}

/** On a small file system of its own, which takes root to make. */
async function fillDisk(options: TrialOptions): Promise<Verdict | null> {
  const parent = mkdtempSync(join(tmpdir(), "fanfare-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=48m", "tmpfs", parent]);
  try {
    if (mounted.status !== 0) return null;
    return await runTrial({ ...options, dataDir: join(parent, "data") }, async ({ load }) => {
      for (let turn = 0; turn < 2; turn += 1) {
        await pause(2_000);
        const filler = join(parent, "filler");
        fill(filler);
        await pause(4_000);
        rmSync(filler);
        await load.nextAcknowledgement();
      }
    });
  } finally {
    if (mounted.status === 0) spawnSync("umount", [parent]);
    rmSync(parent, { recursive: true, force: true });
  }
}

function fill(file: string): void {
  const handle = openSync(file, "w");
  try {
    for (const bytes of [1 << 20, 1 << 12]) {
      try {
        for (;;) writeSync(handle, Buffer.alloc(bytes));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    }
  } finally {
    closeSync(handle);
  }
}

function note(kills: Kills, kind: string): void {
  kills.counts[kind] = (kills.counts[kind] ?? 0) + 1;
}
