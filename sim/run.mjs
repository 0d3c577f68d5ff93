import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

export const defaultSteps = 300;

/**
 * Runs `count` seeds from `first` on, on all cores. `onResult` gets the result of each, with the tape where it `isTaped`, and may answer true to stop.
 */
export async function runSeeds(file, { first, count, steps = defaultSteps, isTaped = false }, onResult) {
  const threads = Math.min(availableParallelism(), count);
  const workers = Array.from({ length: threads }, (_, index) => {
    const workerData = { first: first + index, last: first + count - 1, stride: threads, steps, isTaped };
    return new Worker(file, { workerData, execArgv: ["--enable-source-maps"] });
  });
  const stop = () => workers.map((worker) => worker.terminate());
  await Promise.all(
    workers.map(async (worker) => {
      worker.on("message", (result) => onResult(result) && stop());
      await once(worker, "exit");
    }),
  );
}
