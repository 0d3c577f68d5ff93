import { breakerAfter, type CountedAttempt, closeBreaker, isOpen } from "./breaker";
import { startDrain, stopDrain } from "./drain";
import type { QueueState } from "./queue-state";

/**
 * A webhook's queue after attempts that were recorded in one transaction, in the order in which they ended. A breaker
 * that opened and closed between two commits has held nothing: then nothing drains, and a drain under way goes on.
 */
export function queueAfter(before: QueueState, attempts: CountedAttempt[], now: number): QueueState {
  const after = attempts.reduce((queue, attempt) => breakerAfter(queue, attempt, now), before);
  if (isOpen(before) && !isOpen(after)) return startDrain(after);
  if (!isOpen(before) && isOpen(after)) return stopDrain(after);
  return after;
}

/** The webhook was switched off, or is paused: whatever waits is held. */
export function pauseQueue(queue: QueueState): QueueState {
  return { ...queue, isPaused: true };
}

/** The webhook was switched on: what was held goes out. */
export function resumeQueue(queue: QueueState): QueueState {
  return { ...beginAnew(queue, true), isPaused: false };
}

/** A pause is over: what was held goes out. A breaker that was open goes on holding it. */
export function unpauseQueue(queue: QueueState): QueueState {
  const unpaused = { ...queue, isPaused: false };
  const drains = !isOpen(queue) && (queue.isDraining || queue.pending > 0);
  return drains ? startDrain(unpaused) : unpaused;
}

/**
 * The webhook has another URL or secret, of which nothing is known yet: the breaker closes. What waits drains if it
 * was held until now, or was draining already.
 */
export function beginAnew(queue: QueueState, wasHeld = isOpen(queue)): QueueState {
  const closed = { ...closeBreaker(queue), succeededAt: null };
  return queue.isDraining || (wasHeld && queue.pending > 0) ? startDrain(closed) : closed;
}
