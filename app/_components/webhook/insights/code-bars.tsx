import { behindAttempts } from "@/app/_components/delivery/behind-attempts";
import { failureWord } from "@/app/_components/status/failure-word";
import { Card } from "@/app/_components/ui/card";
import type { WebhookStats } from "@/app/_components/webhook/page/types";
import { isSuccess } from "@/domain/delivery/outcome";
import { ShareBar } from "./share-bar";

/** Attempts by answer: the HTTP status, or what went wrong when none came. */
export function CodeBars({ stats, webhookId }: { stats: WebhookStats; webhookId: string }) {
  const rows = stats.by_code.toSorted((a, b) => b.count - a.count);
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <Card title="By answer">
      {rows.length === 0 && <p className="text-muted">No attempt in this time.</p>}
      <ul className="grid gap-2.5">
        {rows.map(({ code, count }) => {
          const isGood = isSuccess(Number(code));
          return (
            <ShareBar
              key={code}
              href={behindAttempts({ webhookId, from: stats.from, to: stats.to, answer: code })}
              name={failureWord(null, code)}
              words={count.toLocaleString("en")}
              good={isGood ? count / most : 0}
              bad={isGood ? 0 : count / most}
            />
          );
        })}
      </ul>
    </Card>
  );
}
