"use client";

import { CircleCheck } from "lucide-react";
import { IncidentLink } from "@/app/_components/incident/incident-link";
import { fateWords } from "@/app/_components/incident/incident-words";
import { RecoverIncident } from "@/app/_components/incident/recover-incident";
import type { Incident } from "@/app/_components/incident/types";
import { countWords } from "@/app/_components/status/count-words";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Card } from "@/app/_components/ui/card";
import type { WebhookQueue } from "./types";

/** How long after a fix it is still news. */
const newsMs = 10 * 60_000;

/**
 * Whether a webhook failed a moment ago, or what was held meanwhile is still on its way. One that says 429 now and then
 * is not fixed each time that it takes something.
 */
export function isJustFixed({ recovered_at, is_draining, pace }: WebhookQueue, now: number): boolean {
  if (recovered_at === null || pace !== null) return false;
  return is_draining || now - Date.parse(recovered_at) < newsMs;
}

/** Since when a webhook works again, what becomes of what was held, and for a day the incident that this ended. */
export function FixedCard({
  queue,
  isNews,
  incident,
}: {
  queue: WebhookQueue;
  isNews: boolean;
  incident: Incident | null;
}) {
  const { recovered_at, is_draining, pending_count } = queue;
  return (
    <div className="mb-4" aria-live="polite">
      <Card>
        <div className="flex flex-wrap gap-2 sm:flex-nowrap">
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
          <div className="min-w-0 grow">
            {isNews && recovered_at && (
              <p>
                <b className="font-semibold">Fixed</b>{" "}
                <RelativeTime at={recovered_at} className="font-semibold" />
                <span className="text-muted">{`: ${whatBecomes(is_draining, pending_count)}`}</span>
              </p>
            )}
            {incident && <Ended incident={incident} />}
          </div>
          {incident && <RecoverIncident incident={incident} />}
        </div>
      </Card>
    </div>
  );
}

function Ended({ incident }: { incident: Incident }) {
  const told = [countWords(incident.outcomes ?? []), fateWords(incident)].filter(Boolean).join(", ");
  return (
    <p className="wrap-anywhere text-muted">
      <span>Incident</span> <IncidentLink incident={incident} />
      <span>{`: ${incident.cause.meaning} `}</span>
      <span className="text-ink">{told}</span>
    </p>
  );
}

function whatBecomes(isDraining: boolean, count: number): string {
  if (count === 0) return "nothing waits any more.";
  const words = count.toLocaleString("en");
  if (isDraining) return count === 1 ? "1 held one is on its way." : `${words} held ones are on their way.`;
  return count === 1 ? "1 waits for its next attempt." : `${words} wait for their next attempt.`;
}
