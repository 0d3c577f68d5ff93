"use client";

import { ExactTime } from "@/app/_components/time/exact-time";
import { formatAge } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";

/** How long a subscription lasts, unless the agent refreshes it. */
export function TimeLeft({ until }: { until: string }) {
  const leftMs = Date.parse(until) - useNow();
  return <ExactTime at={until}>{leftMs > 0 ? `${formatAge(leftMs)} left` : "ending"}</ExactTime>;
}
