"use client";

import { useTimeZone } from "@/app/_components/time/time-zone";

const dayMs = 24 * 60 * 60 * 1000;

/** How the begin of a bucket is written: the clock time, or the day when buckets are long. */
export function useBucketLabel(stepMs: number): (start: string) => string {
  const timeZone = useTimeZone();
  const format = new Intl.DateTimeFormat(
    "en-GB",
    stepMs >= dayMs / 24
      ? { timeZone, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }
      : { timeZone, hour: "2-digit", minute: "2-digit" },
  );
  return (start) => format.format(Date.parse(start));
}
