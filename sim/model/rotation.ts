import type { Outcome } from "@/domain/delivery/outcome";
import { type Check, count, type Delivery, type Hook, type Lease, type Model, type Side } from "./state";

export const isOverlap = ({ previous }: Hook, now: number) => previous !== null && previous.until > now;

/** Contract rule 9: who makes `X-Signature` of an attempt, and whether a refusal is followed by one more. */
export function sidesOf({ hook, second }: Delivery, now: number): { side: Side; isFirstOfTwo: boolean } {
  if (!isOverlap(hook, now)) return { side: "current", isFirstOfTwo: false };
  return { side: second ?? hook.side, isFirstOfTwo: second === null };
}

/** The other side, which is tried at once; null when this attempt is no reason to. */
export function secondAfter({ delivery, side, isFirstOfTwo }: Lease, outcome: Outcome): Side | null {
  const isRefused = outcome.kind === "response" && [400, 401, 403].includes(outcome.status);
  if (!isRefused || !isFirstOfTwo || delivery.event.isTest) return null;
  return side === "current" ? "previous" : "current";
}

/** What a success shows: the second attempt, or one that had no other side, decides who leads. */
export function learnFrom(model: Model, hook: Hook, lease: Lease, now: number): void {
  if (!lease.isFirstOfTwo && hook.side !== lease.side) {
    count(model, `secrets learned: ${lease.side}`);
    Object.assign(hook, { side: lease.side, switchedAt: lease.side === "current" ? now : null });
  }
  const { check } = lease;
  if (check && lease.side === hook.side) hook.proven = { check, atMs: model.elapsedMs() };
}

/** A receiver refused what it was sent for its signature: that may happen once, and not once it was seen to accept. */
export function refusedBy(model: Model, lease: Lease, check: Check): void {
  const { delivery } = lease;
  const { proven } = delivery.hook;
  const name = `attempt ${lease.number} of event ${delivery.event.id}`;
  count(model, "signatures refused");
  if (![lease.secret, lease.previousSecret].includes(check.secret)) return;
  count(model, "signatures refused by a receiver that has one of two secrets");
  if (!lease.isFirstOfTwo) {
    const refused = delivery.refused;
    const isSecond = refused?.check === check && refused.version === lease.version;
    if (isSecond) model.blame(31, `${name} is refused for its signature as the one before it was`);
    return;
  }
  delivery.refused = { check, version: lease.version };
  if (proven?.check === check && lease.takenAtMs > proven.atMs) {
    model.blame(31, `${name} is refused although its receiver was seen to accept the other secret`);
  }
}

/** What is tried at once goes before all else that is due of its webhook. */
export function judgeSeconds(model: Model, taken: Delivery[], now: number): void {
  const firsts = new Set(taken.filter(({ second }) => second === null).map(({ hook }) => hook));
  for (const delivery of model.deliveries.values()) {
    const { hook, status, second, lease, dueAt } = delivery;
    if (second === null || status !== "pending" || lease !== null || dueAt > now || !firsts.has(hook))
      continue;
    model.blame(31, `delivery ${delivery.key} waits behind others, and its other secret is to be tried`);
  }
}
