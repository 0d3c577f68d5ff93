import { stepMs } from "./rollup-buckets";

/** Dated further ahead than that, a row was written while the clock was wrong. */
export const aheadMs = 24 * stepMs.hour;

type Dated = { key: number; createdAt: number };

/**
 * One way through the rows of a table in the order of acceptance, window by window, up to the first that is
 * young. One that is dated ahead is neither young nor old, and ends nothing; it is old once a later one is.
 */
export function passOf() {
  /** Everything up to here is old, whatever its date. */
  let oldUpTo = 0;
  const pass = {
    after: 0,
    look<Row extends Dated>(rows: Row[], cutoff: number, now: number): { old: Row[]; hasMore: boolean } {
      const ahead = now + aheadMs;
      const isYoung = ({ key, createdAt }: Dated) =>
        key > oldUpTo && createdAt >= cutoff && createdAt <= ahead;
      const firstYoung = rows.findIndex(isYoung);
      const reached = firstYoung === -1 ? rows : rows.slice(0, firstYoung);
      oldUpTo = Math.max(oldUpTo, reached.findLast(({ createdAt }) => createdAt < cutoff)?.key ?? 0);
      const hasMore = rows.length > 0 && firstYoung === -1;
      pass.after = hasMore ? (rows.at(-1)?.key ?? 0) : 0;
      return { old: reached.filter(({ key }) => key <= oldUpTo), hasMore };
    },
  };
  return pass;
}

/** An end that is dated ahead is no reason to keep what is old. */
export const isPast = (endedAt: number, cutoff: number, now: number): boolean =>
  endedAt < cutoff || endedAt > now + aheadMs;
