import type { Countdown } from "@/domain/webhook/countdown";
import type { webhooks } from "../schema/tables";

type Columns = Pick<
  typeof webhooks.$inferSelect,
  "countdownSince" | "countdownFailures" | "countdownLastAt" | "countdownCoveredMs"
>;

/** The countdown in a webhook's row; null when nothing counts down. */
export function countdownOf(row: Columns): Countdown | null {
  const { countdownSince: since, countdownFailures: failures, countdownCoveredMs: coveredMs } = row;
  return since === null ? null : { since, failures, lastAt: row.countdownLastAt ?? since, coveredMs };
}

/** The columns that hold a countdown, or none. */
export function countdownColumns(countdown: Countdown | null): Columns {
  return {
    countdownSince: countdown?.since ?? null,
    countdownFailures: countdown?.failures ?? 0,
    countdownLastAt: countdown?.lastAt ?? null,
    countdownCoveredMs: countdown?.coveredMs ?? 0,
  };
}
