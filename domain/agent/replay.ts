import type { Place } from "./cursor";

/** How far an event may be dated before a place that was made before it: clocks are put right. */
const clockSlackMs = 60 * 60_000;

/**
 * What a replay goes through: events with keys above `afterKey` that were accepted from `since` on. What is between
 * `askedSince` and that is too old; `isOutdated` when some of it may not even be kept any more.
 */
export type ReplayRange = { afterKey: number; askedSince: number; since: number; isOutdated: boolean };

/** The range of a replay that begins at a place, of the last `maxAgeMs` where that is not null. */
export function replayRange(
  { key, at }: Place,
  { maxAgeMs, retentionMs }: { maxAgeMs: number | null; retentionMs: number },
  now: number,
): ReplayRange {
  const askedSince = key === 0 ? at : at - clockSlackMs;
  const oldest = now - Math.min(maxAgeMs ?? retentionMs, retentionMs);
  return {
    afterKey: key,
    askedSince,
    since: Math.max(askedSince, oldest),
    isOutdated: at < now - retentionMs,
  };
}
