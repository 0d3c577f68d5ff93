import { once } from "node:events";
import { connect } from "node:net";
import { Worker } from "node:worker_threads";

/** Only Linux leaves a connection unanswered when the queue of those not yet accepted is full. */
export const canStall = process.platform === "linux";

/** A port that answers no further connection: its owner sleeps, and the queue before it is full. */
export async function startStalledServer(at: {
  host: string;
  port?: number;
}): Promise<{ port: number; close(): Promise<void> }> {
  const owner = new Worker(
    `const { parentPort, workerData } = require("node:worker_threads");
    const server = require("node:net").createServer();
    server.listen({ ...workerData, backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`,
    { eval: true, workerData: { port: 0, ...at } },
  );
  const [port] = await once(owner, "message");
  const queue = Array.from({ length: 4 }, () => connect(port, at.host).on("error", () => {}));
  // The queue holds one more than it is asked to.
  await Promise.all(queue.slice(0, 2).map((waiting) => once(waiting, "connect")));
  return {
    port,
    async close() {
      for (const waiting of queue) waiting.destroy();
      await owner.terminate();
    },
  };
}
