import { StatusCode } from "@/app/_components/status/status-code";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Card } from "@/app/_components/ui/card";
import type { Webhook } from "@/app/_components/webhook/types";

/** That nothing is wrong, in the place of what would be, so that the list below stays where it is. */
export function HealthyCard({ webhook }: { webhook: Webhook }) {
  const { last_delivery_at, last_delivery_status, health } = webhook;
  return (
    <div className="mb-4">
      <Card>
        <p className="text-muted">
          {last_delivery_at ? (
            <>
              <span>{attemptsWords(health)}</span> <span>Last attempt</span>{" "}
              <RelativeTime at={last_delivery_at} />
              <span>: </span>
              <StatusCode status={last_delivery_status} />
              <span>.</span>
            </>
          ) : (
            <span>Nothing was sent to it yet.</span>
          )}
        </p>
      </Card>
    </div>
  );
}

function attemptsWords({ attempts, failed }: Webhook["health"]): string {
  if (attempts === 0) return "No attempt in the last 15 minutes.";
  const of = `${attempts.toLocaleString("en")} ${attempts === 1 ? "attempt" : "attempts"}`;
  return failed === 0
    ? `None of ${of} in the last 15 minutes failed.`
    : `${failed.toLocaleString("en")} of ${of} in the last 15 minutes failed.`;
}
