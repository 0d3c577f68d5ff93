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
