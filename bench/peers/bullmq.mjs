import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { concurrency, servePeer } from "./peer.mjs";

/*
 * Added in bulk, removed when done, as its documents advise for production: nothing is left that tells of a job.
 * Redis syncs every write to disk before it answers (appendfsync always), which is what a committed row of the
 * others means; with its usual everysec a crash loses the last second of what was acknowledged.
 */
servePeer(async (path, post) => {
  const connect = () => new Redis({ path, maxRetriesPerRequest: null });
  const queue = new Queue("bench", { connection: connect() });
  const opts = { removeOnComplete: true };
  return {
    add: (jobs) => queue.addBulk(jobs.map((data) => ({ name: "post", data, opts }))),
    async work() {
      const worker = new Worker("bench", ({ data }) => post(data), { connection: connect(), concurrency });
      return () => worker.close();
    },
  };
});
