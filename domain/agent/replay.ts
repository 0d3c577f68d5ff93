import { agentLimits } from "../limits";
import type { Place } from "./cursor";

/** One of two events that are accepted at once has the later key, and may be dated before the other by less than this. */
const slackMs = 15 * 60_000;

/** Whose replay, and the cursor that it begins after: what it sends leads no further, since all of it is on its way. */
export type ReplayOf = { customerId: string; subscriptionId: string; cursor: string };

/** A customer's event that a replay looks at, in epoch milliseconds. */
export type Looked = { type: string; isTest: boolean; createdAt: number };

/** What a replay asks for: which type, after which place, of the last so many milliseconds, of how many are kept. */
export type Replay = { name: string; place: Place; maxAgeMs: number | null; retentionMs: number };

/** Events of a replay are accepted at that time or later, besides having a later key than its place. */
export const replaySince = ({ key, at }: Place): number =>
  // Who waited for the subscription when the place was given has a later key, and may be dated before it.
  key === 0 ? at : Math.max(0, at - slackMs);

/**
 * Whether all after a place came when a subscription was there, and was fanned out to it: nothing is to be replayed or
 * missing. So it is with most refreshes, since clients send the cursor of their last event along. `createdAt` is the
 * subscription's, which was proved soon after.
 */
export const isFannedOut = ({ at }: Place, createdAt: number): boolean =>
  at >= createdAt + agentLimits.settlingMs + slackMs;

/**
 * Which of a customer's events after a place, newest first and one more than are looked at, may be for a replay, and
 * whether others that may be were left out: too old, or beyond what is looked at.
 */
export function replayedOf<Event extends Looked>(
  looked: readonly Event[],
  { name, place, maxAgeMs, retentionMs }: Replay,
  now: number,
): { events: Event[]; isTruncated: boolean } {
  const asked = looked
    .slice(0, agentLimits.replayLooks)
    .filter(({ type, isTest }) => type === name && !isTest);
  const oldestAt = now - Math.min(maxAgeMs ?? retentionMs, retentionMs);
  const events = asked.filter(({ createdAt }) => createdAt >= oldestAt);
  const isForgotten = place.at < now - retentionMs;
  const isTruncated = isForgotten || looked.length > agentLimits.replayLooks || events.length < asked.length;
  return { events, isTruncated };
}
