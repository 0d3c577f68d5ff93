import type { Rate } from "../queue/rate";

/** What the rules move of a webhook's queue: whether, and how fast, what waits may go. Times are epoch milliseconds. */
export type QueueState = Rate & {
  /** The webhook is inactive or paused: whatever waits is held. */
  isPaused: boolean;
  /** Deliveries that wait, those in flight included. */
  pending: number;
  /** Deliveries of the latest attempts in a row that failed and count. */
  failures: readonly number[];
  /** When the URL and secret of now last got anything delivered. */
  succeededAt: number | null;
  /** Since when the breaker is open, and holds what is due but for probes; null while it is closed. */
  openedAt: number | null;
  /** While open: probes that failed so far, and whether the latest went to, or made, one whose content is refused. */
  probesMade: number;
  isProbeRefused: boolean;
  /** While open: the pause before the next probe, and the time before which there is none. */
  probeDelayMs: number | null;
  probeAt: number | null;
  /** What was held goes out, in the drain of that number, each of which begins with one at a time. */
  isDraining: boolean;
  drain: number;
};

/** The queue of a webhook that is new. */
export function newQueue(isActive: boolean, ratePerSecond: number | null = null): QueueState {
  return {
    isPaused: !isActive,
    pending: 0,
    failures: [],
    succeededAt: null,
    openedAt: null,
    probesMade: 0,
    isProbeRefused: false,
    probeDelayMs: null,
    probeAt: null,
    isDraining: false,
    drain: 0,
    ratePerSecond,
    rateNextAt: 0,
  };
}
