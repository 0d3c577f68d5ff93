"use client";

import { trpc } from "@/app/_trpc/client";
import { DayBars } from "./day-bars";
import { Totals } from "./totals";

/** All webhooks together over the last 24 hours: what was delivered, what failed, and what waits. */
export function Overview() {
  const { data: overview } = trpc.stats.overview.useQuery({ range: "24h" });
  if (!overview || overview.webhooks.length === 0) return null;
  return (
    <section
      aria-label="Last 24 hours"
      className="mb-4 grid gap-x-6 gap-y-3 rounded-[10px] border border-line bg-panel px-4 py-3 sm:grid-cols-[auto_minmax(0,1fr)]"
    >
      <Totals overview={overview} />
      <DayBars overview={overview} />
    </section>
  );
}
