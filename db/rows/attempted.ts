import type { AttemptFilter } from "../store";

/** By so much the clocks of those who accept, send and record may differ. */
const clockSlackMs = 60 * 60 * 1000;

/**
 * When a delivery with an attempt in a time was accepted at the latest, and when it ended, if it did, at the earliest:
 * the attempts of all others need not be looked at.
 */
export const attemptedBounds = ({ since, until }: AttemptFilter) => ({
  acceptedBefore: until + clockSlackMs,
  endedFrom: since - clockSlackMs,
});
