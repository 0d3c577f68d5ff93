import { Card } from "@/app/_components/ui/card";
import type { WebhookStats } from "@/app/_components/webhook/page/types";
import { ShareBar } from "./share-bar";

/** Attempts by event type, the most frequent first. */
export function TypeBars({ stats }: { stats: WebhookStats }) {
  const rows = stats.by_type.toSorted((a, b) => b.delivered + b.failed - a.delivered - a.failed);
  const most = Math.max(1, ...rows.map(({ delivered, failed }) => delivered + failed));
  return (
    <Card title="By event type">
      {rows.length === 0 && <p className="text-muted">No attempt in this time.</p>}
      <ul className="grid gap-2.5">
        {rows.map(({ event_type, delivered, failed }) => (
          <ShareBar
            key={event_type}
            name={event_type}
            words={failed > 0 ? `${delivered + failed}, ${failed} failed` : String(delivered)}
            good={delivered / most}
            bad={failed / most}
          />
        ))}
      </ul>
    </Card>
  );
}
