import type { Outcome } from "@/domain/delivery/outcome";
import { askedDelayMs } from "./retry-after";
import { count, type Lease, type Model } from "./state";

/** A receiver that got something within this time takes requests, though not all at once (contract rule 4). */
const takingMs = 2 * 60_000;
/** What came too soon is due again when the slowest pace allows the next request. */
export const slowestPaceMs = 5_000;
/** As often a delivery may come too soon for nothing. */
export const repeats = 20;

/** Notes what a worker learns from an answer, and whether the request only came too soon. */
export function judgePace(model: Model, lease: Lease, outcome: Outcome): void {
  const { worker, delivery, version, sent, tookMsAgo } = lease;
  const { hook } = delivery;
  if (outcome.kind !== "response" || !sent) return;
  const now = model.elapsedMs();
  if (outcome.status < 300) {
    worker.successes.set(hook, { version, atMs: now });
    return;
  }
  if (!isSlowDown(outcome)) return;
  const seen = worker.successes.get(hook);
  const isTaking =
    (seen?.version === version && now - seen.atMs < takingMs) ||
    (tookMsAgo !== null && now - sent.atMs + tookMsAgo < takingMs);
  if (isTaking || outcome.status === 429) worker.paced.add(hook);
  lease.isTooSoon = isTaking;
  if (isTaking) count(model, "came too soon");
}

/** A 429, or a 503 that nginx made itself, which does not say when to come again. */
function isSlowDown(outcome: Extract<Outcome, { kind: "response" }>): boolean {
  if (askedDelayMs(outcome) !== null) return false;
  const isNginx = Buffer.from(outcome.response.body).includes("<center>nginx");
  return outcome.status === 429 || (outcome.status === 503 && isNginx);
}
