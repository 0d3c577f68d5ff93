import type { CancelSignal } from "./call-options";
import { FanfareError } from "./fanfare-error";

/** After the first, over some six seconds: a restart of Fanfare takes one or two. */
const maxRetries = 5;
const firstWaitMs = 250;
/** Whoever is asked to wait for longer should be told instead. */
const longestWaitMs = 60_000;

/** Fanfare without its database, and a proxy without Fanfare. */
const awayStatuses = [502, 503, 504];

/**
 * Asks again while the answer does not come or says to come later. `isSafe` says whether Fanfare may have done what
 * was asked already, and asking again changes nothing: what is not safe is asked again only after a 429, with which
 * nothing was done.
 */
export async function withRetries<Answer>(
  ask: () => Promise<Answer>,
  { isSafe, signal }: { isSafe: boolean; signal: CancelSignal | undefined },
): Promise<Answer> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await ask();
    } catch (error) {
      const waitMs = retries < maxRetries ? waitAfter(error, isSafe, retries) : null;
      if (waitMs === null) throw error;
      await wait(waitMs, signal);
    }
  }
}

/** How long to wait before asking again; null when that helps nobody. */
export function waitAfter(error: unknown, isSafe: boolean, retries: number): number | null {
  if (!(error instanceof FanfareError)) return null;
  const { code, httpStatus, retryAfterSeconds } = error;
  const isAway = code === "NETWORK" || (httpStatus !== null && awayStatuses.includes(httpStatus));
  const mayPass = httpStatus === 429 || (isSafe && isAway);
  if (!mayPass) return null;
  const askedMs = (retryAfterSeconds ?? 0) * 1_000;
  return askedMs > longestWaitMs ? null : Math.max(askedMs, backoffMs(retries));
}

/** Doubles, at most to half a minute; half of it is left to chance, so that many do not come together. */
export function backoffMs(retries: number): number {
  const fullMs = Math.min(30_000, firstWaitMs * 2 ** retries);
  return fullMs * (0.5 + Math.random() / 2);
}

/** Throws the signal's reason as soon as there is one. */
export function wait(ms: number, signal: CancelSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", leave);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", leave);
      resolve();
    }, ms);
    signal?.addEventListener("abort", leave);
    if (signal?.aborted) leave();
  });
}
