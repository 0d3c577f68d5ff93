import { behindAttempts } from "@/app/_components/delivery/behind-attempts";
import { Card } from "@/app/_components/ui/card";
import type { WebhookStats } from "@/app/_components/webhook/page/types";
import { ShareBar } from "./share-bar";

/** Attempts by event type, the most frequent first. */
export function TypeBars({ stats, webhookId }: { stats: WebhookStats; webhookId: string }) {
  const rows = stats.by_type.toSorted((a, b) => b.delivered + b.failed - a.delivered - a.failed);
  const most = Math.max(1, ...rows.map(({ delivered, failed }) => delivered + failed));
  return (
    <Card title="By event type">
      {rows.length === 0 && <p className="text-muted">No attempt in this time.</p>}
      <ul className="grid gap-2.5">
        {rows.map(({ event_type, delivered, failed }) => (
          <ShareBar
            key={event_type}
            href={behindAttempts({ webhookId, from: stats.from, to: stats.to, type: event_type })}
            name={event_type}
            words={countWords(delivered, failed)}
            good={delivered / most}
            bad={failed / most}
          />
        ))}
      </ul>
    </Card>
  );
}

function countWords(delivered: number, failed: number): string {
  const all = (delivered + failed).toLocaleString("en");
  return failed === 0 ? all : `${all}, ${failed.toLocaleString("en")} failed`;
}
