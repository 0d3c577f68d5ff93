"use client";

import { formatDuration } from "@/app/_components/time/format";
import { Cell, HeadCell, Row, Table } from "@/app/_components/ui/table";
import type { WebhookStats } from "@/app/_components/webhook/page/types";
import { useSpans } from "./use-spans";

/** The numbers behind both charts. Steps in which nothing happened are left out. */
export function BucketTable({ stats }: { stats: WebhookStats }) {
  const { spanOf } = useSpans(stats);
  const busy = stats.buckets.filter(({ delivered, failed }) => delivered + failed > 0).toReversed();
  if (busy.length === 0) return <p className="text-muted">No attempt in this time.</p>;
  return (
    <Table label="Attempts and latency over time">
      <thead>
        <tr>
          <HeadCell>Time</HeadCell>
          <HeadCell className="text-right">Delivered</HeadCell>
          <HeadCell className="text-right">Failed</HeadCell>
          <HeadCell className="text-right">p50</HeadCell>
          <HeadCell className="text-right">p95</HeadCell>
          <HeadCell className="text-right">p99</HeadCell>
        </tr>
      </thead>
      <tbody>
        {busy.map((bucket) => (
          <Row key={bucket.start}>
            <Cell>{spanOf(bucket)}</Cell>
            <Cell className="text-right">{bucket.delivered.toLocaleString("en")}</Cell>
            <Cell className="text-right">{bucket.failed.toLocaleString("en")}</Cell>
            {[bucket.p50_ms, bucket.p95_ms, bucket.p99_ms].map((ms, index) => (
              <Cell key={String(index)} className="text-right">
                {ms === null ? "–" : formatDuration(ms)}
              </Cell>
            ))}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
