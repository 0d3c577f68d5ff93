import type { Logger } from "./log";

/** Says in the log why the partitions of days are not made or dropped, with what to do, and when they are again. */
export function logDays(log: Logger, why: string | null): void {
  if (why === null) log.info("Partitions of days are made and dropped again");
  else
    log.warn(
      { why },
      "Partitions of days are not made or dropped as they should be: it is tried again each minute, and meanwhile " +
        "what comes lies in the default ones",
    );
}
