import type { ClockDoubt } from "@/db/store";
import type { Logger } from "./log";

/** Says in the log why retention waits, and what there is to do about it. */
export function logClockDoubt(log: Logger, doubt: ClockDoubt | null): void {
  if (doubt === null) {
    log.info("The clock is believed again: retention goes on");
    return;
  }
  const hours = Math.round(doubt.aheadMs / 3_600_000);
  const lasts = Math.max(1, Math.round(doubt.lastsMs / 3_600_000));
  log.warn(
    doubt,
    `The clock is ${hours} h ahead of the time that passed since it was last believed, so nothing is expired or ` +
      `removed for its age. If the machine was only off or asleep, there is nothing to do: retention goes on in ` +
      `${lasts} h. If the clock is wrong, set it right before that`,
  );
}
