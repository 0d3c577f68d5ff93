import type { Logger } from "./log";

/** Says in the log that the store cannot be reached, once, and that it is back. */
export function logAway(log: Logger, cause: unknown): void {
  if (cause === null) log.info("The database can be reached again");
  else
    log.error(
      { err: cause },
      "The database cannot be reached: everything waits for it and goes on by itself",
    );
}
