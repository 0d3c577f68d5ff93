export type Limiter = {
  /**
   * Counts attempts, one unless told, and answers 0; or counts nothing and answers how many milliseconds to wait.
   * More than the limit at once fit never.
   */
  take(key: string, count?: number): number;
  /** Takes an attempt back that turned out to be none. */
  giveBack(key: string): void;
};

type Window = { count: number; endsAt: number };

/** Keys remembered at most, so that many attackers cannot fill the memory. */
const maxKeys = 100_000;

/** Lets each key take `limit` times in a window of `windowMs`, which begins with its first attempt. */
export function createLimiter({
  limit,
  windowMs,
  clock,
}: {
  limit: number;
  windowMs: number;
  /** Epoch milliseconds. */
  clock: () => number;
}): Limiter {
  // Windows are all of one length, so the order of insertion is the order in which they end.
  const windows = new Map<string, Window>();

  return {
    take(key, count = 1) {
      const now = clock();
      const current = windows.get(key);
      if (current && isRunning(current, now)) {
        if (current.count + count > limit) return current.endsAt - now;
        current.count += count;
        return 0;
      }
      if (count > limit) return windowMs;
      windows.delete(key);
      windows.set(key, { count, endsAt: now + windowMs });
      forgetEnded(now);
      return 0;
    },
    giveBack(key) {
      const current = windows.get(key);
      if (current) current.count = Math.max(0, current.count - 1);
    },
  };

  /** A window that ends too late began before the clock stepped back. */
  function isRunning({ endsAt }: Window, now: number): boolean {
    return endsAt > now && endsAt <= now + windowMs;
  }

  function forgetEnded(now: number): void {
    for (const [key, window] of windows) {
      if (windows.size <= maxKeys && isRunning(window, now)) return;
      windows.delete(key);
    }
  }
}
