/**
 * How many a second to count on: what was seen so far, but no more than the webhook's rate limit lets through, which
 * is also all that is known before anything was seen. 0 while nobody can say.
 */
export function paceOf(seenPerSecond: number, rateLimit: number | null): number {
  if (rateLimit === null) return seenPerSecond;
  return seenPerSecond === 0 ? rateLimit : Math.min(seenPerSecond, rateLimit);
}
