"use client";

import Link from "next/link";
import { FailedAnswers } from "@/app/_components/delivery/failed-answers";
import { failedOf } from "@/app/_components/status/count-words";
import { ClockTime } from "@/app/_components/time/clock-time";
import { RelativeTime } from "@/app/_components/time/relative-time";
import type { Webhook } from "@/app/_components/webhook/types";
import type { Outputs } from "@/app/_trpc/client";

type Explained = Outputs["webhooks"]["explain"];

/**
 * What attempts came to since a webhook fails, or of late while it is degraded, each code with its own count, which
 * leads to the deliveries behind it; what the endpoint said, and when it last worked.
 */
export function FailureCounts({ webhook, explained }: { webhook: Webhook; explained: Explained }) {
  const { outcomes, counted_since, failing_since, last_success_at, event_id } = explained;
  const hasCounts = counted_since !== null && failedOf(outcomes).length > 0;
  const words = ownWords(explained);
  const { attempts, state } = webhook.health;
  return (
    <p className="text-muted">
      {hasCounts && (
        <b className="text-ink">
          <FailedAnswers outcomes={outcomes} webhookId={webhook.id} from={counted_since} to="" />
        </b>
      )}
      {state === "degraded" && counted_since && (
        <>
          <span>{`${hasCounts ? " " : ""}of ${attempts.toLocaleString("en")} attempts since `}</span>
          <ClockTime at={counted_since} />
          <span>. </span>
        </>
      )}
      {state === "failing" && failing_since && (
        <>
          <span>{hasCounts ? " since " : "Failing since "}</span>
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
