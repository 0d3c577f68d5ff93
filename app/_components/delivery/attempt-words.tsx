"use client";

import { useServerFacts } from "@/app/_components/facts/server-facts";
import { ClockTime } from "@/app/_components/time/clock-time";
import { useNow } from "@/app/_components/time/now";
import type { Delivery } from "./types";

/** Longer than a worker with room takes to begin. */
const overdueMs = 5_000;

/** How far a delivery has come: `3 of 8 · next 14:19:20`, `held behind probe`, or just how many attempts. */
export function AttemptWords({ delivery }: { delivery: Delivery }) {
  const { retryScheduleMs } = useServerFacts();
  const { status, details, attempt_count, next_attempt_at } = delivery;
  const now = useNow();
  const isOverdue = next_attempt_at !== null && now - Date.parse(next_attempt_at) > overdueMs;
  if (status !== "pending") return attempt_count;
  if (details?.held === "inactive") return "held: the webhook is off";
  if (details?.held === "breaker") return "held behind probe";
  if (details?.in_flight) return `attempt ${attempt_count + 1} under way`;
  if (isOverdue) return "due, waiting for its turn";
  if (attempt_count === 0) return "about to be sent";
  return (
    <>
      {details?.tries ?? attempt_count} of {retryScheduleMs.length + 1}
      {next_attempt_at && (
        <>
          {" "}
          · next <ClockTime at={next_attempt_at} />
        </>
      )}
    </>
  );
}
