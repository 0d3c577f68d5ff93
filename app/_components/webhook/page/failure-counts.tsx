"use client";

import Link from "next/link";
import { countWords } from "@/app/_components/status/count-words";
import { ClockTime } from "@/app/_components/time/clock-time";
import { RelativeTime } from "@/app/_components/time/relative-time";
import type { Webhook } from "@/app/_components/webhook/types";
import type { Outputs } from "@/app/_trpc/client";

type Explained = Outputs["webhooks"]["explain"];

/**
 * What attempts came to since a webhook fails, or of late while it is degraded, each code with its own count; what the
 * endpoint said, and when it last worked.
 */
export function FailureCounts({ webhook, explained }: { webhook: Webhook; explained: Explained }) {
  const { outcomes, failing_since, last_success_at, event_id } = explained;
  const counts = countWords(outcomes);
  const words = ownWords(explained);
  const { attempts, state } = webhook.health;
  return (
    <p className="text-muted">
      {counts && <b className="text-ink">{counts}</b>}
      {state === "degraded" && (
        <span>{`${counts && " "}of ${attempts.toLocaleString("en")} attempts in the last 15 minutes. `}</span>
      )}
      {state === "failing" && failing_since && (
        <>
          <span>{counts ? " since " : "Failing since "}</span>
          <ClockTime at={failing_since} />
          <span>. </span>
        </>
      )}
      {words && (
        <>
          <span>It said</span>{" "}
          <q translate="no" className="wrap-anywhere">
            {words}
          </q>{" "}
        </>
      )}
      {last_success_at ? (
        <>
          <span>Last success</span> <RelativeTime at={last_success_at} />
          <span>.</span>
        </>
      ) : (
        <span>No success is on record.</span>
      )}
      {event_id && (
        <>
          {" "}
          <Link
            href={`/dashboard/webhooks/${webhook.id}/deliveries/${event_id}`}
            className="text-accent underline underline-offset-2"
          >
            Show what came back
          </Link>
        </>
      )}
    </p>
  );
}

/** The words of the answer, where the diagnosis does not quote them already. */
function ownWords({ answer, diagnosis }: Explained): string | null {
  const quoted = answer?.split(" ", 3).join(" ") ?? "";
  return diagnosis?.symptom.includes(quoted) ? null : answer;
}
