import { PgBoss } from "pg-boss";
import { concurrency, servePeer } from "./peer.mjs";

/*
 * Fetched and completed in batches, one after the other without a pause while they come full. A job's row stays,
 * with its state, its times and one output, until maintenance removes it; a retry overwrites what was there.
 */
const localConcurrency = 4;

servePeer(async (connectionString, post) => {
  const boss = new PgBoss({ connectionString, max: 25 });
  boss.on("error", (error) => {
    throw error;
  });
  await boss.start();
  await boss.createQueue("bench");
  const options = {
    localConcurrency,
    batchSize: concurrency / localConcurrency,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: 0.5,
  };
  return {
    add: (jobs) =>
      boss.insert(
        "bench",
        jobs.map((data) => ({ data })),
      ),
    async work() {
      const postAll = (jobs) => Promise.all(jobs.map(({ data }) => post(data)));
      await boss.work("bench", options, async (jobs) => void (await postAll(jobs)));
      return () => boss.offWork("bench");
    },
  };
});
