"use client";

import { useTimeZone } from "@/app/_components/time/time-zone";

const hourMs = 60 * 60 * 1000;

/** How the begin of a bucket is written: the clock time, with the day where buckets are longer than an hour. */
export function useBucketLabel(stepMs: number): (start: string) => string {
  const timeZone = useTimeZone();
  const format = new Intl.DateTimeFormat(
    "en-GB",
    stepMs > hourMs
      ? { timeZone, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }
      : { timeZone, hour: "2-digit", minute: "2-digit" },
  );
  return (start) => format.format(Date.parse(start));
}
