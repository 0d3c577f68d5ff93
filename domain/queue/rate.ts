/**
 * A limit that people set: how many deliveries of a webhook may begin in a second, over all workers. It is a bucket of
 * tokens, of which each delivery takes one: it is full at first, and holds what comes in a second, one at least.
 */
export type Rate = {
  /** Null for as many as go. */
  ratePerSecond: number | null;
  /** When the next may begin: epoch milliseconds, with fractions. */
  rateNextAt: number;
};

/** What comes within this time goes together, so that a fast limit needs no claim for each delivery. */
const togetherMs = 50;

/** How many deliveries may begin now. */
export function rateRoom({ ratePerSecond, rateNextAt }: Rate, now: number): number {
  if (ratePerSecond === null) return Number.POSITIVE_INFINITY;
  if (now < rateNextAt) return 0;
  const since = (now - rateNextAt) / betweenMs(ratePerSecond);
  return Math.floor(Math.min(burst(ratePerSecond), together(ratePerSecond) + since));
}

/** When the next may begin after `count` that begin now. */
export function afterStarts({ ratePerSecond, rateNextAt }: Rate, count: number, now: number): number {
  if (ratePerSecond === null) return 0;
  const between = betweenMs(ratePerSecond);
  const ahead = together(ratePerSecond);
  const emptyAt = Math.max(rateNextAt - ahead * between, now - burst(ratePerSecond) * between);
  return emptyAt + (count + ahead) * between;
}

/** Another limit begins with a full bucket; the same one goes on. */
export function changeRate<R extends Rate>(before: R, ratePerSecond: number | null | undefined): R {
  if (ratePerSecond === undefined || ratePerSecond === before.ratePerSecond) return before;
  return { ...before, ratePerSecond, rateNextAt: 0 };
}

/** Whether what is due now waits for its token. */
export const isRateSpent = ({ ratePerSecond, rateNextAt }: Rate, now: number): boolean =>
  ratePerSecond !== null && now < rateNextAt;

const betweenMs = (ratePerSecond: number) => 1_000 / ratePerSecond;
const burst = (ratePerSecond: number) => Math.max(1, ratePerSecond);
const together = (ratePerSecond: number) => Math.max(1, Math.floor((ratePerSecond * togetherMs) / 1_000));
