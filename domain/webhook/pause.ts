import type { Editable } from "./edit";
import { pauseQueue, unpauseQueue } from "./queue";
import type { Pause } from "./standing";

/** What a pause changes of a webhook that is on. */
type Pausable = Pick<Editable, "standing" | "queue">;

/** Holds what waits and what comes. Of one that is paused, this changes the end. */
export function pauseWebhook<P extends Pausable>(before: P, until: number | null, now: number): P {
  const { standing, queue } = before;
  const at = pauseNow(standing.pause, now)?.at ?? now;
  return { ...before, standing: { ...standing, pause: { at, until } }, queue: pauseQueue(queue) };
}

/**
 * Lets go what was held: somebody wants it, or the pause is over. What was known of the webhook stands, but that the
 * time of the pause is silence, which brings a countdown no nearer to its end.
 */
export function resumeWebhook<P extends Pausable>(before: P, now: number): P {
  const { standing, queue } = before;
  if (!standing.pause) return before;
  const countdown = standing.countdown && { ...standing.countdown, lastAt: now };
  return { ...before, standing: { ...standing, pause: null, countdown }, queue: unpauseQueue(queue) };
}

/** The pause that holds at this moment; null also for one that is over, though nobody may have resumed the webhook yet. */
export function pauseNow(pause: Pause | null, now: number): Pause | null {
  return pause && (pause.until === null || pause.until > now) ? pause : null;
}

/** When what has waited longest ends as expired, if nothing is sent until then. Times are epoch milliseconds. */
export function safeUntil(waitingSince: number | null, retentionMs: number, now: number): number {
  return (waitingSince ?? now) + retentionMs;
}
