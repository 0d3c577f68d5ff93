import type { Connection, Transaction } from "../connection/connection";
import { together } from "../connection/together";
import { writeGroup } from "../connection/write-group";

/**
 * What a worker does all the time: it records what ended, and claims more of the same webhooks. Records go first: they
 * wait for locks in the order of keys, and a claim passes by what others have.
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
  const [result] = await together([body(tx), setting]);
  return result;
}

export type WriteOfWorker = ReturnType<typeof writeOfWorker>;
