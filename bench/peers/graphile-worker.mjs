import { Logger, makeWorkerUtils, run, runMigrations } from "graphile-worker";
import { concurrency, servePeer } from "./peer.mjs";

/*
 * Batched as its documents advise for speed (worker.graphile.org/docs/performance): jobs are fetched 500 at a time,
 * and completed together. A job's row is deleted when it is done, so nothing is left that tells of it.
 */
const logger = new Logger(() => () => {});

servePeer(async (connectionString, post) => {
  const maxPoolSize = 25;
  await runMigrations({ connectionString, logger });
  const utils = await makeWorkerUtils({ connectionString, logger });
  const preset = {
    worker: {
      connectionString,
      concurrentJobs: concurrency,
      maxPoolSize,
      localQueue: { size: 500 },
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
    },
  };
  return {
    add: (jobs) => utils.addJobs(jobs.map((payload) => ({ identifier: "post", payload }))),
    async work() {
      const runner = await run({ preset, logger, noHandleSignals: true, taskList: { post } });
      return () => runner.stop();
    },
  };
});
