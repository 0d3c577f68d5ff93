import { isSuccess, type Outcome } from "../delivery/outcome";

const timeouts = new Set(["dns_timeout", "connect_timeout", "tls_timeout", "response_timeout"]);

/** What a claim says of its webhook, which is known by its key. */
type Claim = { isTest: boolean; webhook: { key: number; isDraining: boolean; drain: number } };

/**
 * How many requests each webhook may have in flight: all of `maxCap`, but half as many after each timeout, one
 * when a backlog begins to drain, and one more with each success.
 */
export function createCaps(maxCap: number) {
  const lowered = new Map<number, number>();
  const drains = new Map<number, { drain: number; cap: number }>();

  return {
    /** What timeouts have left: only the webhooks below `maxCap`. */
    lowered: lowered as ReadonlyMap<number, number>,
    /** How far the drains that this worker takes part in have come. */
    drains: drains as ReadonlyMap<number, { drain: number; cap: number }>,

    claimed({ webhook: { key, isDraining, drain } }: Claim): void {
      if (!isDraining) drains.delete(key);
      else if (drains.get(key)?.drain !== drain) drains.set(key, { drain, cap: 1 });
    },

    ended({ webhook, isTest }: Claim, outcome: Outcome): void {
      if (isTest) return;
      const cap = lowered.get(webhook.key) ?? maxCap;
      if (outcome.kind === "error") {
        if (timeouts.has(outcome.error.code)) lowered.set(webhook.key, Math.max(1, Math.floor(cap / 2)));
      } else if (isSuccess(outcome.status)) {
        if (cap + 1 >= maxCap) lowered.delete(webhook.key);
        else lowered.set(webhook.key, cap + 1);
        const drain = drains.get(webhook.key);
        if (drain) drain.cap = Math.min(maxCap, drain.cap + 1);
      }
    },
  };
}
