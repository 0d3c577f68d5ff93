import type { Connection } from "../connection/connection";
import { writeGroup } from "../connection/write-group";

/**
 * What a worker does all the time: it records what ended, and claims more of the same webhooks. Records go first: a claim
 * waits for no lock, so that two transactions never wait for one another.
 */
export const writeOfWorker = ({ write }: Connection) => writeGroup(write, ["record", "claim"]);

export type WriteOfWorker = ReturnType<typeof writeOfWorker>;
