"use client";

import type { ReactNode } from "react";
import { useServerFacts } from "@/app/_components/facts/server-facts";
import { failureWord } from "@/app/_components/status/failure-word";
import { ClockTime } from "@/app/_components/time/clock-time";
import { formatAge } from "@/app/_components/time/format";
import { classNames } from "@/app/_components/ui/class-names";
import { trpc } from "@/app/_trpc/client";
import { plannedAttempts } from "./planned-attempts";
import type { Attempt, FullDelivery } from "./types";

/** Older attempts than these are in the tabs only. */
const shownPast = 8;

/** The attempts so far and those still planned, on one line through time. */
export function AttemptTimeline({ delivery }: { delivery: FullDelivery }) {
  const facts = useServerFacts();
  const { data: webhooks } = trpc.webhooks.list.useQuery();
  // What fails at a listener is not retried by itself.
  const isListener = webhooks?.some(({ id, listener }) => id === delivery.webhook_id && listener !== null);
  const retryScheduleMs = isListener ? [] : facts.retryScheduleMs;
  const past = delivery.attempts.slice(0, shownPast).toReversed();
  const tries = delivery.details?.tries ?? 0;
  const isHeld = delivery.held !== null && delivery.held !== "set_aside";
  const planned = isHeld ? [] : plannedAttempts({ ...delivery, tries }, retryScheduleMs);
  const delays = isHeld ? retryScheduleMs.slice(tries) : [];
  if (past.length + planned.length === 0 && !isHeld) return null;
  return (
    <ol aria-label="Attempts" className="grid grid-cols-[repeat(auto-fit,minmax(4.25rem,1fr))] gap-1.5">
      {past.map((attempt) => (
        <PastAttempt key={attempt.number} attempt={attempt} />
      ))}
      {planned.map((at, index) => (
        <PlannedAttempt key={at} number={delivery.attempt_count + index + 1}>
          <ClockTime at={new Date(at).toISOString()} />
        </PlannedAttempt>
      ))}
      {isHeld && (
        <PlannedAttempt number={delivery.attempt_count + 1}>
          <span>{isListener ? "once it listens" : "once let go"}</span>
        </PlannedAttempt>
      )}
      {delays.map((delayMs, index) => (
        <PlannedAttempt key={String(index)} number={delivery.attempt_count + index + 2}>
          <span>{`${formatAge(delayMs)} later`}</span>
        </PlannedAttempt>
      ))}
    </ol>
  );
}

function PlannedAttempt({ number, children }: { number: number; children: ReactNode }) {
  return (
    <li className="text-xs text-faint">
      <div className="h-1 rounded-sm bg-off-bar" />
      <div className="mt-1">{`${number} · planned`}</div>
      <div>{children}</div>
    </li>
  );
}

function PastAttempt({ attempt }: { attempt: Attempt }) {
  return (
    <li>
      <div className={classNames("h-1 rounded-sm", attempt.error ? "bg-bad-bar" : "bg-ok-bar")} />
      <div className="mt-1 truncate text-xs">
        {`${attempt.number} · ${failureWord(attempt.status_code, attempt.error?.code)}`}
      </div>
      <ClockTime at={attempt.started_at} className="text-xs text-faint" />
    </li>
  );
}
