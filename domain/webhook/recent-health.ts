import { healthLimits } from "../limits";
import type { Health } from "./health";
import type { Incident } from "./incident";

const minuteMs = 60_000;
const { windowMs, degradedFailures, degradedShare, healthyShare, lookBackMs } = healthLimits;

export const healthStates = ["healthy", "degraded", "failing"] as const;

/** How a webhook fares as people see it: over the last 15 minutes, so that one answer more or less turns nothing. */
export type RecentHealth = {
  state: (typeof healthStates)[number];
  /** Attempts of the last 15 minutes, or since the last incident if that ended later; tests are none of them. */
  attempts: number;
  failed: number;
  /** The minute that these attempts are counted from, in epoch milliseconds. */
  from: number;
  /** Since when the state is what it is, in epoch milliseconds; null while it is healthy. */
  since: number | null;
};

/** What is known of a webhook besides its minutes. */
type Fared = Pick<Health, "lastAttemptOk" | "failingSince" | "recoveredAt"> & { incident: Incident | null };

/** What attempts came to in the minute that begins at `start`. */
export type Minute = { start: number; delivered: number; failed: number };

/** Where to begin reading minutes for `recentHealth`, in epoch milliseconds. */
export const healthSince = (now: number): number => minuteOf(now) - lookBackMs - windowMs;

/**
 * `failing` while an incident lasts, and while attempts fail and nothing was delivered in the last 15 minutes;
 * `degraded` while a notable share of them fails. A share becomes notable higher than it ceases to be, which is judged
 * minute by minute from the past hour: so the state is remembered, and nobody has to write it down. Times are epoch
 * milliseconds; `minutes` may come in any order.
 */
export function recentHealth(webhook: Fared, minutes: Minute[], now: number): RecentHealth {
  const { incident, lastAttemptOk, failingSince } = webhook;
  const from = countedFrom(webhook, minutes);
  const counted = minutes.filter(({ start }) => start >= from);
  const latest = windowAt(counted, minuteOf(now));
  const shown = { ...latest, from: Math.max(from, minuteOf(now) - windowMs + minuteMs) };
  if (incident?.endedAt === null) return { state: "failing", ...shown, since: incident.startedAt };
  const isDelivering = latest.failed < latest.attempts || isRecent(incident, now);
  if (lastAttemptOk === false && !isDelivering) return { state: "failing", ...shown, since: failingSince };
  const since = degradedSince(counted, now);
  return { state: since === null ? "healthy" : "degraded", ...shown, since };
}

/**
 * Failures before a recovery say nothing about now: those of an incident that is over, and those of a time in which
 * nothing got through. Where something did, recovering is what a part that fails does all the time.
 */
function countedFrom({ incident, recoveredAt }: Fared, minutes: Minute[]): number {
  const from = incident?.endedAt ? minuteOf(incident.endedAt) + minuteMs : 0;
  if (recoveredAt === null) return from;
  const recovery = minuteOf(recoveredAt);
  const isBefore = ({ start }: Minute) => start >= from && start < recovery && start > recovery - windowMs;
  const before = minutes.filter(isBefore);
  // Of a minute it is not known which came first: in its only one, it delivers if most got through.
  const isFirst =
    before.length === 0 && minutes.some((each) => each.start === recovery && isMostlyGood(each));
  const wasDelivering = isFirst || before.some(({ delivered }) => delivered > 0);
  return wasDelivering ? from : Math.max(from, recovery + minuteMs);
}

const isMostlyGood = ({ delivered, failed }: Minute) => delivered > failed;

/** Since when a notable share fails; null when it does not. What was found once stands for 15 minutes at least. */
function degradedSince(minutes: Minute[], now: number): number | null {
  let since: number | null = null;
  for (let at = minuteOf(now) - lookBackMs; at <= now; at += minuteMs) {
    const { attempts, failed } = windowAt(minutes, at);
    const share = attempts === 0 ? 0 : failed / attempts;
    if (failed >= degradedFailures && share >= degradedShare) since ??= at;
    else if (since !== null && share < healthyShare && at - since >= windowMs) since = null;
  }
  return since;
}

/** The 15 minutes that end with the one that begins at `at`. */
function windowAt(minutes: Minute[], at: number): { attempts: number; failed: number } {
  const sum = { attempts: 0, failed: 0 };
  for (const { start, delivered, failed } of minutes) {
    if (start > at || start <= at - windowMs) continue;
    sum.attempts += delivered + failed;
    sum.failed += failed;
  }
  return sum;
}

const isRecent = (incident: Incident | null, now: number) =>
  incident !== null && incident.endedAt !== null && now - incident.endedAt < windowMs;

const minuteOf = (time: number) => Math.floor(time / minuteMs) * minuteMs;
