import { isSuccess, type Outcome } from "../delivery/outcome";
import { slowDownOf } from "../delivery/slow-down";
import { paceLimits } from "../limits";
import { afterPassed, afterRefused, afterStart, firstPace, type Pace, roomAt } from "./pace";

/** What a claim says of its webhook, which is known by its key and is another with each version. */
type Claim = { isTest: boolean; webhook: { key: number; version: number; succeededMsAgo: number | null } };

/** A timer for less than this is not worth it. */
const shortestWaitMs = 10;
/** Fewer successes than this are not looked through for old ones. */
const fewSuccesses = 1_024;
const none: ReadonlyMap<number, number> = new Map();

/**
 * The paces of webhooks whose receivers refuse what comes too soon, as one worker has learned them. `now` is in
 * milliseconds of a clock that never steps back.
 */
export function createPaces(now: () => number) {
  const paces = new Map<number, { version: number; pace: Pace }>();
  /** When something got through last. */
  const successes = new Map<number, { version: number; at: number }>();
  let enoughSuccesses = fewSuccesses;

  return {
    /** A request begins. */
    claimed({ isTest, webhook }: Claim): void {
      const known = isTest ? undefined : paceOf(webhook);
      if (known) known.pace = afterStart(known.pace, now());
    },

    /**
     * A request that began at `startedAt` has ended. Answers after how many milliseconds it may be made again, if it only
     * came too soon while the webhook takes others; else null.
     */
    ended({ isTest, webhook }: Claim, outcome: Outcome, startedAt: number): number | null {
      if (isTest || outcome.kind === "error") return null;
      if (isSuccess(outcome.status)) {
        succeed(webhook, startedAt);
        return null;
      }
      const slowDown = slowDownOf(outcome);
      if (slowDown === null) return null;
      const isTaking = now() - lastSuccess(webhook, startedAt) < paceLimits.takingMs;
      if (slowDown === "likely" && !isTaking) return null;
      const { nextAt } = refuse(webhook, startedAt);
      return isTaking ? Math.max(0, Math.ceil(nextAt - now())) : null;
    },

    /** How many requests may begin now: only the webhooks that have a pace. */
    rooms(): ReadonlyMap<number, number> {
      if (paces.size === 0) return none;
      const rooms = new Map<number, number>();
      for (const [key, { pace }] of paces) {
        if (now() - pace.loweredAt > paceLimits.forgottenMs) paces.delete(key);
        else rooms.set(key, roomAt(pace, now()));
      }
      return rooms;
    },

    /** Milliseconds until a webhook that has to wait may have its next request; null when none has to. */
    nextInMs(): number | null {
      let next: number | null = null;
      for (const { pace } of paces.values()) {
        const waitMs = pace.nextAt - now();
        if (waitMs > 0 && (next === null || waitMs < next)) next = waitMs;
      }
      return next === null ? null : Math.max(shortestWaitMs, next);
    },
  };

  function paceOf({ key, version }: Claim["webhook"]) {
    const known = paces.get(key);
    return known?.version === version ? known : undefined;
  }

  function succeed(webhook: Claim["webhook"], startedAt: number): void {
    const { key, version } = webhook;
    successes.set(key, { version, at: now() });
    if (successes.size > enoughSuccesses) forgetSuccesses();
    const known = paceOf(webhook);
    if (known) known.pace = afterPassed(known.pace, startedAt, now());
  }

  function forgetSuccesses(): void {
    for (const [key, { at }] of successes) if (now() - at >= paceLimits.takingMs) successes.delete(key);
    enoughSuccesses = Math.max(fewSuccesses, 2 * successes.size);
  }

  function refuse(webhook: Claim["webhook"], startedAt: number): Pace {
    const known = paceOf(webhook);
    const pace = known ? afterRefused(known.pace, startedAt, now()) : firstPace(now());
    paces.set(webhook.key, { version: webhook.version, pace });
    return pace;
  }

  /** Seen here, or known to the store when the request was claimed. */
  function lastSuccess({ key, version, succeededMsAgo }: Claim["webhook"], claimedAt: number): number {
    const seen = successes.get(key);
    const here = seen?.version === version ? seen.at : Number.NEGATIVE_INFINITY;
    return succeededMsAgo === null ? here : Math.max(here, claimedAt - succeededMsAgo);
  }
}
