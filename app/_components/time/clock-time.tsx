"use client";

import { ExactTime } from "./exact-time";
import { formatClock } from "./format";
import { useNow } from "./now";
import { useTimeZone } from "./time-zone";

/** The clock time in the reader's zone, with the day when it is not today. */
export function ClockTime({ at, className }: { at: string; className?: string }) {
  return (
    <ExactTime at={at} className={className}>
      {formatClock(Date.parse(at), useNow(), useTimeZone())}
    </ExactTime>
  );
}
