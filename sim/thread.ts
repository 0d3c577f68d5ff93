import { parentPort, workerData } from "node:worker_threads";
import { tellHistory } from "./history";

/** Tells the histories of every `stride`th seed, and posts what came of each. */
const { first, last, stride, steps } = workerData as {
  first: number;
  last: number;
  stride: number;
  steps: number;
};
for (let seed = first; seed <= last; seed += stride) {
  parentPort?.postMessage(await tellHistory(seed, steps));
}
