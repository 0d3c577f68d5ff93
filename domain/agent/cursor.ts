/**
 * A place among a customer's events, after which a replay begins: after the event of that key, or, where that is 0, from
 * those that were accepted at `at` on. `at` is also how old a place is, in epoch milliseconds.
 */
export type Place = { key: number; at: number };

const version = "1";

/** A place as agents keep it: opaque, and of this form for as long as any may come back. */
export const cursorOf = ({ key, at }: Place): string =>
  Buffer.from(`${version}.${key}.${at}`).toString("base64url");

/** Null for what no subscription was ever given. */
export function placeIn(cursor: string): Place | null {
  const parts = /^1\.(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString());
  return parts && { key: Number(parts[1]), at: Number(parts[2]) };
}

/** Since when the oldest delivery of several webhooks waits; null when none does. */
export function oldestOf(webhooks: readonly { waitingSince: number | null }[]): number | null {
  const times = webhooks.flatMap(({ waitingSince }) => (waitingSince === null ? [] : [waitingSince]));
  return times.length === 0 ? null : Math.min(...times);
}

/** Of two events that are accepted at once, one may be seen by so much later than it is dated. */
const unseenMs = 60_000;

/**
 * The cursor that an event brings along: behind everything that was still on its way to any agent of its audience when it
 * came, which all get the same bytes. `waitingSince` is since when the oldest of that waits, null for nothing; both are
 * epoch milliseconds.
 */
export const cursorBehind = (waitingSince: number | null, now: number): string =>
  cursorOf({ key: 0, at: Math.max(0, Math.min(waitingSince ?? now, now) - unseenMs) });
