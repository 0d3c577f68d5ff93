import { parentPort, workerData } from "node:worker_threads";
import { runSeed } from "./history";

/** Runs every `stride`th seed, and posts the result of each. */
const { first, last, stride, steps, isTaped } = workerData as {
  first: number;
  last: number;
  stride: number;
  steps: number;
  isTaped: boolean;
};
for (let seed = first; seed <= last; seed += stride) {
  parentPort?.postMessage(await runSeed(seed, steps, isTaped));
}
