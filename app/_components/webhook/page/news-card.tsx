import { ClockTime } from "@/app/_components/time/clock-time";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import type { Webhook } from "@/app/_components/webhook/types";

/** That a webhook began to fail under somebody's eyes: in one line, so that nothing moves before it is asked for more. */
export function NewsCard({ webhook, onShow }: { webhook: Webhook; onShow: () => void }) {
  const { state, since, attempts, failed } = webhook.health;
  return (
    <div className="mb-4">
      <Card tone={state === "failing" ? "bad" : "warn"}>
        <div className="flex items-center gap-3">
          <p aria-live="polite" className="min-w-0 grow truncate">
            <b className="font-semibold">
              {state === "failing" ? "Deliveries fail" : "Some deliveries fail"}
            </b>
            {since && (
              <>
                <span className="text-muted"> since </span>
                <ClockTime at={since} className="text-muted" />
              </>
            )}
            <span className="text-muted">{`: ${failed.toLocaleString("en")} of ${attempts.toLocaleString("en")} attempts.`}</span>
          </p>
          <Button size="small" onClick={onShow} className="-my-1">
            Show why
          </Button>
        </div>
      </Card>
    </div>
  );
}
