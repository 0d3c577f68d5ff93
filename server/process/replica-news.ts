import type { Logger } from "./log";

/** Says in the log why nothing is read from the replica when that begins, and when it is. */
export function logReplica(log: Logger, why: string | null): void {
  if (why === null) log.info("Lists and charts are read from the replica");
  else
    log.warn({ why }, "Nothing is read from the replica: lists and charts come from the primary meanwhile");
}
