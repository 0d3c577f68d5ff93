import { setTimeout as pause } from "node:timers/promises";
import { createDice, type Dice } from "@/sim/dice";
import { runSql } from "@/testing/postgres-server";
import type { Part } from "../keeper";
import { carryOut, type Kills, workerPoints } from "../kills";
import { signal } from "../running-product";
import type { Trial } from "../trial";
import type { Cluster } from "./cluster";

/** What is done to the product and its server. False when nothing came of it. */
type Fault = (at: Scene) => Promise<boolean>;
type Scene = { trial: Trial; cluster: Cluster; dice: Dice };

const leaseMs = 12_000; // DELIVERY_TIMEOUT of a trial, and the slack of the engine

const faults = {
  "a worker killed": killOne("worker"),
  "a web process killed": killOne("web"),
  "every process killed": async ({ trial }) => {
    trial.product.kill("everything");
    return true;
  },
  "a worker killed at a point": ({ trial, dice }) =>
    carryOut(trial, { role: "worker", point: dice.pick(betweenVerbs), skip: dice.between(0, 10) }),
  "a worker frozen past its lease": freeze,
  "sessions terminated": async ({ cluster, dice }) => {
    await runSql(
      cluster.directUrl(),
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name like 'fanfare%' order by random() limit ${dice.between(1, 20)}`,
    );
    return true;
  },
  "connections cut": async ({ cluster, dice }) => {
    const share = dice.next();
    cluster.way.cut(() => dice.chance(share));
    return true;
  },
  "the way stalled": ({ cluster, dice }) => stall(cluster, dice.between(200, 4_000)),
  "the way stalled for longer than anybody waits": ({ cluster }) => stall(cluster, 16_000),
  "the server stopped at once": async ({ cluster, dice }) => {
    await cluster.restart(dice.between(0, 2_000));
    return true;
  },
  "the server lost for good, and its standby promoted": async ({ cluster }) => {
    await cluster.failOver();
    return true;
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];

/** How often each is drawn beside the others. */
const weights: Record<FaultName, number> = {
  "a worker killed": 12,
  "a web process killed": 12,
  "every process killed": 4,
  "a worker killed at a point": 14,
  "a worker frozen past its lease": 8,
  "sessions terminated": 16,
  "connections cut": 12,
  "the way stalled": 8,
  "the way stalled for longer than anybody waits": 2,
  "the server stopped at once": 8,
  "the server lost for good, and its standby promoted": 8,
};

/** The points of a worker that are not inside of SQLite's transactions. */
const betweenVerbs = workerPoints.filter((point) => !/^mid|commit/.test(point));

/** Makes `count` faults, drawn by a seed. */
export async function breakAgain(trial: Trial, cluster: Cluster, kills: Kills, count: number, seed: number) {
  const dice = createDice(seed, "faults");
  for (let made = 0; made < count; ) {
    await pause(dice.between(100, 1_000));
    if (await breakOnce({ trial, cluster, dice }, dice.weigh(weights), kills)) made += 1;
    else if (kills.missed > count) throw new Error("No process comes by to be killed.");
  }
}

/** Makes a fault, and waits until events are acknowledged again. False when nothing came of it. */
export async function breakOnce(scene: Scene, name: FaultName, kills: Kills): Promise<boolean> {
  const begunAt = performance.now();
  if (!(await faults[name](scene))) {
    kills.missed += 1;
    return false;
  }
  kills.counts[name] = (kills.counts[name] ?? 0) + 1;
  kills.toFirstAcknowledgementMs.push((await acknowledgedAfter(scene.trial, name)) - begunAt);
  return true;
}

/** So long nothing may be acknowledged after a fault is over. */
const patienceMs = 60_000;

async function acknowledgedAfter({ load }: Trial, name: FaultName): Promise<number> {
  const tooLong = new AbortController();
  const given = pause(patienceMs, null, { signal: tooLong.signal }).catch(() => null);
  const at = await Promise.race([load.nextAcknowledgement(), given]);
  tooLong.abort();
  if (at === null) throw new Error(`Nothing was acknowledged within ${patienceMs} ms after: ${name}.`);
  return at;
}

function killOne(part: Part): Fault {
  return async ({ trial: { product }, dice }) => {
    const pids = product.pids(part);
    if (pids.length > 0) signal([dice.pick(pids)], "SIGKILL");
    return pids.length > 0;
  };
}

/** Everything else goes on meanwhile. */
async function freeze({ trial: { product, underWay }, dice }: Scene): Promise<boolean> {
  const pids = product.pids("worker");
  if (pids.length === 0) return false;
  const frozen = [dice.pick(pids)];
  signal(frozen, "SIGSTOP");
  underWay.push(pause(leaseMs + dice.between(1_000, 4_000)).then(() => signal(frozen, "SIGCONT")));
  return true;
}

async function stall({ way }: Cluster, forMs: number): Promise<boolean> {
  const end = way.stall();
  await pause(forMs);
  end();
  return true;
}
