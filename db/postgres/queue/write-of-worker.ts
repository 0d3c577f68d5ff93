import type { Connection, Transaction } from "../connection/connection";
import { writeGroup } from "../connection/write-group";

/**
 * What a worker does all the time: it records what ended, and claims more of the same webhooks. Records go first: a claim
 * waits for no lock, so that two transactions never wait for one another.
 */
export const writeOfWorker = ({ write }: Connection) =>
  writeGroup((body) => write((tx) => inIndexOrder(tx, body)), ["record", "claim"]);

/**
 * What is due is read from the low end of an index. A bitmap reads all of that, with what has left it since the last
 * vacuum, and never notes what is dead.
 */
async function inIndexOrder<Result>(
  tx: Transaction,
  body: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const setting = tx.db.$client.query("set local enable_bitmapscan = off");
  const [result] = await Promise.all([body(tx), setting]);
  return result;
}

export type WriteOfWorker = ReturnType<typeof writeOfWorker>;
