import { breakerLimits } from "../limits";
import type { QueueState } from "./queue-state";

const { failuresToOpen, deliveriesToOpen, firstProbeMs, maxProbeMs, refusalsIgnoredMs } = breakerLimits;

/** An attempt that ended, as far as the breaker counts it. */
export type CountedAttempt = {
  ok: boolean;
  delivery: number;
  isTest: boolean;
  isProbe: boolean;
  /** Its answer refused the content; and so had the one before. */
  isRefused: boolean;
  wasRefused: boolean;
};

export const isOpen = (queue: QueueState): boolean => queue.openedAt !== null;

/**
 * The breaker after one attempt. A success of any kind closes it, a test's failure counts to nothing, and while it
 * is open only a failed probe moves it.
 */
export function breakerAfter(queue: QueueState, attempt: CountedAttempt, now: number): QueueState {
  if (attempt.ok) return succeed(closeBreaker(queue), now);
  if (attempt.isTest) return queue;
  if (isOpen(queue)) return attempt.isProbe ? probeFailed(queue, attempt, now) : queue;
  if (attempt.isRefused && !judgesEndpoint(queue, attempt.delivery, now)) return queue;
  const failing = countFailure(queue, attempt.delivery);
  return hasFailedEnough(failing) ? openBreaker(failing, now) : failing;
}

/** The same object where nothing changes: most attempts are successes, and most come with others. */
function succeed(queue: QueueState, now: number): QueueState {
  return queue.succeededAt === now ? queue : { ...queue, succeededAt: now };
}

/** Holds what is due. The first probe is in a moment. */
export function openBreaker(queue: QueueState, now: number): QueueState {
  return {
    ...queue,
    openedAt: now,
    probesMade: 0,
    isProbeRefused: false,
    probeDelayMs: firstProbeMs,
    probeAt: now + firstProbeMs,
  };
}

/** Forgets the failures, and holds nothing any more. What that lets go, it lets go in a drain: see `startDrain`. */
export function closeBreaker(queue: QueueState): QueueState {
  if (!isOpen(queue) && queue.failures.length === 0) return queue;
  return {
    ...queue,
    failures: [],
    openedAt: null,
    probesMade: 0,
    isProbeRefused: false,
    probeDelayMs: null,
    probeAt: null,
  };
}

/** The pause before the next probe doubles. */
export function probeFailed(
  queue: QueueState,
  { isRefused, wasRefused }: Pick<CountedAttempt, "isRefused" | "wasRefused">,
  now: number,
): QueueState {
  const pauseMs = queue.probeDelayMs ?? firstProbeMs;
  const probeDelayMs = Math.min(pauseMs * 2, maxProbeMs);
  return {
    ...queue,
    probesMade: queue.probesMade + 1,
    isProbeRefused: isRefused || wasRefused,
    probeDelayMs,
    probeAt: now + probeDelayMs,
  };
}

/**
 * An answer that refuses the content judges the event, unless nothing else gets through either; and it says so once
 * for a delivery. A success of the future was dated by a clock that has been put right since.
 */
function judgesEndpoint({ succeededAt, failures }: QueueState, delivery: number, now: number): boolean {
  const isDelivering = succeededAt !== null && succeededAt <= now && now - succeededAt < refusalsIgnoredMs;
  return !isDelivering && !failures.includes(delivery);
}

function countFailure(queue: QueueState, delivery: number): QueueState {
  return { ...queue, failures: [...queue.failures, delivery].slice(-failuresToOpen) };
}

function hasFailedEnough({ failures }: QueueState): boolean {
  return failures.length === failuresToOpen && new Set(failures).size >= deliveriesToOpen;
}
