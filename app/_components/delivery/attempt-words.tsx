"use client";

import { useServerFacts } from "@/app/_components/facts/server-facts";
import { heldWords } from "@/app/_components/status/held-words";
import { ClockTime } from "@/app/_components/time/clock-time";
import { useNow } from "@/app/_components/time/now";
import type { Delivery } from "./types";

/** Longer than a worker with room takes to begin. */
const overdueMs = 5_000;

/**
 * How far a delivery has come: `3 of 8 · next 14:19:20`, what holds it, or just how many attempts. That one is set aside
 * is said by its state.
 */
export function AttemptWords({ delivery }: { delivery: Delivery }) {
  const { retryScheduleMs } = useServerFacts();
  const { status, held, details, attempt_count, next_attempt_at } = delivery;
  const now = useNow();
  const isOverdue = next_attempt_at !== null && now - Date.parse(next_attempt_at) > overdueMs;
  if (status !== "pending") return <span>{attempt_count}</span>;
  if (held && held !== "set_aside") return <span>{heldWords[held].short}</span>;
  if (details?.in_flight) return <span>{`attempt ${attempt_count + 1} under way`}</span>;
  if (isOverdue) return <span>due, waiting for its turn</span>;
  if (attempt_count === 0) return <span>about to be sent</span>;
  return (
    <>
      <span>{`${details?.tries ?? attempt_count} of ${retryScheduleMs.length + 1}`}</span>
      {next_attempt_at && (
        <span>
          <span> · next</span> <ClockTime at={next_attempt_at} />
        </span>
      )}
    </>
  );
}
