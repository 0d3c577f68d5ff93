import { randomUUID } from "node:crypto";
import { createPost } from "./post.mjs";

/** What the product may have in flight (DELIVERY_CONCURRENCY), and so may every peer. */
export const concurrency = 256;
const chunk = 1_000;

/**
 * Runs a peer in this process as the bench orders, which gets an answer to each order. `begin` is given the
 * address of its database and what a job is to do, and answers `{ add(jobs), work() }`, of which `work` resolves
 * with how to stop again.
 */
export function servePeer(begin) {
  let peer;
  let stop;
  let paths = [];
  let data;
  const orders = {
    async begin({ receiver, address, data: given }) {
      ({ paths } = receiver);
      data = given;
      peer = await begin(address, createPost(receiver));
    },
    /** In arrays of 1000, as the product is given them. */
    async fill({ events, fanOut }) {
      for (let made = 0; made < events; made += chunk) {
        const count = Math.min(chunk, events - made);
        const jobs = Array.from({ length: count }, (_, index) => jobsOf(made + index, fanOut));
        await peer.add(jobs.flat());
      }
    },
    async work() {
      stop = await peer.work();
    },
    async rest() {
      await stop();
    },
  };
  process.on("message", async ({ order, ...given }) => {
    await orders[order](given);
    process.send({ order });
  });
  process.on("disconnect", () => process.exit());

  function jobsOf(event, fanOut) {
    const id = randomUUID();
    const created = new Date().toISOString();
    const body = JSON.stringify({ id, type: "search_completed", created_at: created, data });
    return Array.from({ length: fanOut }, (_, index) => ({
      path: paths[(event * fanOut + index) % paths.length],
      id,
      body,
    }));
  }
}
