"use client";

import { type ColumnLink, Columns, type Pointed } from "@/app/_components/chart/columns";
import { Legend } from "@/app/_components/chart/legend";
import { MarkLines } from "@/app/_components/chart/mark-lines";
import type { Marked } from "@/app/_components/chart/marks-by-column";
import { Plot } from "@/app/_components/chart/plot";
import { formatCompact, niceTicks } from "@/app/_components/chart/ticks";
import { behindAttempts } from "@/app/_components/delivery/behind-attempts";
import type { WebhookStats } from "@/app/_components/webhook/page/types";
import { useSpans } from "./use-spans";

type Bucket = WebhookStats["buckets"][number];

/** Attempts over time, failed ones at the bottom. A bar leads to the deliveries behind it, its red part to the failed. */
export function OutcomeChart({
  stats,
  webhookId,
  pointed,
  marks,
}: {
  stats: WebhookStats;
  webhookId: string;
  pointed: Pointed;
  marks: Marked[];
}) {
  const { spanOf, wholeSpan } = useSpans(stats);
  const ticks = niceTicks(Math.max(...stats.buckets.map(({ delivered, failed }) => delivered + failed)));
  const top = ticks.at(-1) ?? 1;
  const shown = stats.buckets[pointed.at ?? -1];
  const counts = shown ?? stats;
  return (
    <>
      <Legend
        span={shown ? spanOf(shown) : wholeSpan}
        names={[
          { name: "Delivered", colour: "bg-ok-bar", value: counts.delivered.toLocaleString("en") },
          { name: "Failed", colour: "bg-bad-bar", value: counts.failed.toLocaleString("en") },
        ]}
      />
      <Plot
        label="Attempts over time"
        ticks={ticks}
        formatValue={formatCompact}
        starts={stats.buckets.map(({ start }) => Date.parse(start))}
      >
        <Columns
          label="Attempts over time: the arrow keys go along"
          pointed={pointed}
          columns={stats.buckets.map((bucket) => linksOf(bucket, webhookId, spanOf(bucket), top))}
        >
          {(index) => <Bar bucket={stats.buckets[index]} top={top} />}
        </Columns>
        <MarkLines marks={marks} columns={stats.buckets} isNamed />
      </Plot>
    </>
  );
}

function linksOf(bucket: Bucket, webhookId: string, span: string, top: number): ColumnLink[] {
  const { delivered, failed } = bucket;
  if (delivered + failed === 0) return [];
  const attempts = { webhookId, from: bucket.start, to: bucket.end };
  const all = {
    href: behindAttempts(attempts),
    words: `${span}: ${delivered.toLocaleString("en")} delivered, ${failed.toLocaleString("en")} failed`,
  };
  if (failed === 0) return [all];
  const onlyFailed = {
    href: behindAttempts({ ...attempts, outcome: "failed" }),
    words: `${span}: the ${failed.toLocaleString("en")} failed`,
    isLow: true,
    lowShare: failed / top,
  };
  return [all, onlyFailed];
}

/** Whatever happened can be seen, however small it is beside the rest. */
function Bar({ bucket, top }: { bucket: Bucket | undefined; top: number }) {
  if (!bucket) return null;
  const height = (count: number) => (count === 0 ? 0 : `max(2px, ${(count / top) * 100}%)`);
  return (
    <div aria-hidden className="absolute inset-x-[12%] bottom-0 flex h-full flex-col justify-end">
      <div className="rounded-t-[1px] bg-ok-bar" style={{ height: height(bucket.delivered) }} />
      <div className="bg-bad-bar" style={{ height: height(bucket.failed) }} />
    </div>
  );
}
