import { Card } from "@/app/_components/ui/card";
import type { WebhookQueue } from "./types";

/** That the endpoint says it gets too much, and what it took all the same: nothing is lost, and it takes its time. */
export function PaceNote({ queue }: { queue: WebhookQueue | undefined }) {
  if (!queue?.pace) return null;
  const { taken, refused, most_in_a_minute } = queue.pace;
  return (
    <div className="mb-4">
      <Card>
        <p>
          <b>{`In the last 5 minutes your endpoint took ${taken.toLocaleString("en")} and answered 429 to ${refused.toLocaleString("en")}.`}</b>{" "}
          {most_in_a_minute !== null && <span>{`It takes about ${rate(most_in_a_minute)}. `}</span>}
          <span className="text-muted">
            Nothing is lost: what it refused is sent again when it asked for that, else no faster than it
            takes.
          </span>
        </p>
      </Card>
    </div>
  );
}

const rate = (inAMinute: number) =>
  inAMinute >= 60 ? `${Math.round(inAMinute / 60).toLocaleString("en")} a second` : `${inAMinute} a minute`;
