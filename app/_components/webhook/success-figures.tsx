import { formatDuration } from "@/app/_components/time/format";
import type { WebhookSummary } from "./types";

/** The share of attempts that were answered with 2xx in 24 h; below it what waits, or the 95th percentile. */
export function SuccessFigures({ summary }: { summary: WebhookSummary | undefined }) {
  if (!summary) return <span className="text-muted">–</span>;
  return (
    <>
      {summary.delivered_rate === null ? (
        <span className="text-muted">–</span>
      ) : (
        <>
          <span className="sr-only">Delivered in 24 h: </span>
          <span>{formatRate(summary.delivered_rate)}</span>
        </>
      )}
      <div className="text-xs whitespace-nowrap text-faint">
        {summary.held_count > 0
          ? `${summary.held_count.toLocaleString("en")} held`
          : summary.p95_ms !== null && `p95 ${formatDuration(summary.p95_ms)}`}
      </div>
    </>
  );
}

/** A share in per cent, never rounded up to 100 while something failed. */
export function formatRate(rate: number): string {
  if (rate === 1) return "100 %";
  if (rate === 0) return "0 %";
  return `${(Math.floor(rate * 1000) / 10).toFixed(1)} %`;
}
