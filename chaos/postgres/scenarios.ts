import { setTimeout as pause } from "node:timers/promises";
import { createDice } from "@/sim/dice";
import type { Kills } from "../kills";
import type { Scenario } from "../scenarios";
import { runTrial, type Trial } from "../trial";
import type { Verdict } from "../verdict";
import { type Cluster, startCluster } from "./cluster";
import { breakAgain, breakOnce, faultNames } from "./faults";
import { onCluster } from "./ground";

export type PostgresOptions = { entries: string; faults: number; workers: number; seed: number };

const webs = 2;
/** Two servers share the machine with six processes of the product. */
const eventsPerSecond = 60;

export const scenariosOnPostgres = ({ entries, faults, workers, seed }: PostgresOptions): Scenario[] => [
  {
    name: `${faults} faults of seed ${seed} on Postgres, ${workers} workers, ${webs} webs`,
    run: (kills) =>
      runOnPostgres({ entries, workers }, (trial, cluster) =>
        breakAgain(trial, cluster, kills, faults, seed),
      ),
  },
];

/** One fault of each kind, in whatever order a seed has. */
export function eachFaultOnce(
  options: { entries: string; workers: number; seed: number },
  kills: Kills,
): Promise<Verdict> {
  return runOnPostgres(options, async (trial, cluster) => {
    const dice = createDice(options.seed, "each fault");
    const left = [...faultNames];
    while (left.length > 0) {
      const [name] = left.splice(dice.between(0, left.length - 1), 1);
      await pause(dice.between(100, 500));
      if (name) await breakOnce({ trial, cluster, dice }, name, kills);
    }
  });
}

/** The same on a product that acknowledges before it commits. Its verdict must not be sound. */
export const negativeControlOnPostgres = (entries: string): Scenario => ({
  name: "negative control on Postgres: acknowledges before the commit",
  run: (kills) =>
    runOnPostgres(
      { entries, workers: 1, settings: { CHAOS_ACKNOWLEDGE_EARLY: "yes" } },
      async (trial, cluster) => {
        const dice = createDice(1, "negative control");
        for (let turn = 0; turn < 3; turn += 1) {
          await pause(500);
          await breakOnce({ trial, cluster, dice }, "a web process killed", kills);
        }
      },
    ),
});

async function runOnPostgres(
  options: { entries: string; workers: number; settings?: Record<string, string> },
  disturb: (trial: Trial, cluster: Cluster) => Promise<void>,
): Promise<Verdict> {
  const cluster = await startCluster();
  try {
    const ground = onCluster(cluster, webs);
    return await runTrial({ ...options, ground, eventsPerSecond }, (trial) => disturb(trial, cluster));
  } finally {
    await cluster.end();
  }
}
