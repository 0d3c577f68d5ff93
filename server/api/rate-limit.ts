const windowMs = 60_000;

type Window = { startedAt: number; used: number };

// Next bundles modules more than once, and all copies must count together.
const shared = globalThis as { fanfareAllowances?: Map<string, Window> };

/**
 * Counts one request of a customer key against `perMinute`. Answers 0 when it may pass, else the milliseconds
 * until the minute is over.
 */
export function takeFromAllowance(keyId: string, perMinute: number, now: number): number {
  shared.fanfareAllowances ??= new Map();
  const windows = shared.fanfareAllowances;
  const current = windows.get(keyId);
  if (!current || now < current.startedAt || now >= current.startedAt + windowMs) {
    windows.set(keyId, { startedAt: now, used: 1 });
    return 0;
  }
  if (current.used >= perMinute) return current.startedAt + windowMs - now;
  current.used += 1;
  return 0;
}
