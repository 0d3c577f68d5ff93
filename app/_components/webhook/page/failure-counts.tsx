"use client";

import Link from "next/link";
import { failureWord } from "@/app/_components/status/failure-word";
import { ClockTime } from "@/app/_components/time/clock-time";
import { RelativeTime } from "@/app/_components/time/relative-time";
import type { Outputs } from "@/app/_trpc/client";
import { isSuccess } from "@/domain/delivery/outcome";

type Explained = Outputs["webhooks"]["explain"];

/** What attempts came to since a webhook fails, each code with its own count, and when it last worked. */
export function FailureCounts({ webhookId, explained }: { webhookId: string; explained: Explained }) {
  const { outcomes, failing_since, last_success_at, event_id } = explained;
  const counts = outcomes
    .filter(({ code }) => !isSuccess(Number(code)))
    .map(({ code, count }) => `${count.toLocaleString("en")} × ${codeWord(code)}`);
  return (
    <p className="text-muted">
      {failing_since && (
        <>
          {counts.length > 0 && <b className="text-ink">{counts.join(", ")}</b>}
          <span>{counts.length > 0 ? " since " : "Failing since "}</span>
          <ClockTime at={failing_since} />
          <span>. </span>
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
            href={`/dashboard/webhooks/${webhookId}/deliveries/${event_id}`}
            className="text-accent underline underline-offset-2"
          >
            Show what came back
          </Link>
        </>
      )}
    </p>
  );
}

const codeWord = (code: string) => (/^\d+$/.test(code) ? code : failureWord(null, code));
