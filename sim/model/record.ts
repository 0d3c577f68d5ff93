import type { AttemptRecord, Claim } from "@/db/store";
import type { Outcome } from "@/domain/delivery/outcome";
import type { Context } from "./context";
import { judge, type Recorded } from "./health";
import { repeats, slowestPaceMs } from "./pace";
import { isRefusal } from "./probe";
import { wantedAgain } from "./redeliver";
import { askedDelayMs } from "./retry-after";
import { secondAfter } from "./rotation";
import type { AttemptRow } from "./rows";
import { count, type Delivery, isInFlight, type Lease, type Model, type Side } from "./state";

const signatureNames = ["X-Signature", "X-Signature-Previous", "X-Signature-Next", "webhook-signature"];

/** Checks what became of ended attempts: fence, state, schedule, what is remembered, and the webhook's health. */
export function recorded(
  context: Context,
  records: AttemptRecord[],
  results: ("recorded" | "lease_lost")[],
): void {
  const counted: Recorded[] = [];
  for (const [index, record] of records.entries()) {
    const { model } = context;
    if (record.claim.webhook.subscriptionId !== null) continue;
    const delivery = model.deliveries.get(record.claim.delivery);
    const lease = holds(delivery, record.claim);
    if ((results[index] === "recorded") !== (lease !== null)) {
      model.blame(8, `a record of delivery ${record.claim.delivery} answered ${results[index]}`);
    }
    count(model, results[index] ?? "recorded");
    if (!delivery || !lease) continue;
    counted.push({ ...settle(context, delivery, lease, record.outcome), record, lease });
  }
  judge(context, counted);
}

function holds(delivery: Delivery | undefined, claim: Claim): Lease | null {
  if (delivery?.status !== "pending" || delivery.lease?.token !== claim.lease) return null;
  return delivery.lease;
}

function settle({ model, rows, now }: Context, delivery: Delivery, lease: Lease, outcome: Outcome) {
  const name = `delivery ${delivery.key} of event ${delivery.event.id}`;
  const isInternal = outcome.kind === "error" && outcome.error.code === "internal";
  if (!isInternal && !lease.outcome) model.blame(9, `${name} was recorded although no answer had come`);
  if (!isInternal && lease.outcome !== outcome) model.blame(12, `${name} was recorded with another answer`);
  const ok = outcome.kind === "response" && outcome.status >= 200 && outcome.status < 300;
  const gone = outcome.kind === "response" && outcome.status === 410;
  const wanted = nextOf(model, delivery, lease, outcome, ok, gone);
  const isAgain = delivery.isAsked && !ok;
  const next = isAgain ? { ...wanted, minMs: 0, maxMs: 0 } : wanted;

  const { startedAt, durationMs } = outcome;
  const code = codeOf(outcome);
  delivery.attempts.push({ reason: lease.reason, code });
  if (next.second === null) delivery.refusedWith = isRefusal(code) ? code : null;
  if (!delivery.event.isTest) model.counted.push({ hook: delivery.hook, startedAt, code, durationMs });
  if (next.isTry) delivery.tries += 1;
  if (lease.reason === "probe") delivery.probes += 1;
  if (next.second && lease.reason === "probe") probeAgain(delivery, now);
  if (isInternal && lease.reason === "probe") probeLater(delivery, now);
  Object.assign(delivery, {
    status: next.status,
    lostInARow: 0,
    nextReason: "scheduled",
    lease: null,
    second: next.second,
  });
  delivery.endedAt = next.status === "pending" ? null : now;
  delivery.isAsked = false;
  if (isAgain) wantedAgain(model, delivery, now);

  const row = rows.delivery(delivery.key);
  const attempt = rows.attempt(delivery.key, lease.number);
  if (row?.status !== delivery.status) {
    model.blame(4, `${name} is ${row?.status} and should be ${delivery.status}`);
  }
  const delayMs = (row?.due_at ?? 0) - now;
  if (
    delivery.status === "pending" &&
    (delayMs < Math.floor(next.minMs) || delayMs > Math.ceil(next.maxMs))
  ) {
    model.blame(7, `${name} is due in ${delayMs} ms, not in ${next.minMs} to ${next.maxMs}`);
  }
  if (row?.tries !== delivery.tries) model.blame(19, `${name} has used ${row?.tries} tries`);
  delivery.dueAt = row?.due_at ?? now;
  if (!attempt) model.blame(6, `${name} has no attempt ${lease.number}`);
  else {
    if (attempt.duration_ms < 0) model.blame(25, `${name} has an attempt of ${attempt.duration_ms} ms`);
    if (lease.sent) compareSent(model, name, lease, attempt);
  }
  return {
    delivery,
    ok,
    gone,
    code,
    hasFailed: delivery.status === "failed",
    countsForNothing: next.second !== null || next.isTooSoon,
  };
}

type Expected = {
  status: Delivery["status"];
  minMs: number;
  maxMs: number;
  isTry: boolean;
  isTooSoon: boolean;
  second: Side | null;
};

/**
 * Contract rules 3 to 5 and 9: retries by the schedule with ±20 %, later when the receiver asks so; for free probes, and
 * what only came too soon.
 */
function nextOf(
  model: Model,
  delivery: Delivery,
  lease: Lease,
  outcome: Outcome,
  ok: boolean,
  gone: boolean,
): Expected {
  const none = { minMs: 0, maxMs: 0, isTry: false, isTooSoon: false, second: null };
  const over = (status: Delivery["status"]) => ({ ...none, status, isTry: true });
  if (ok) return over("delivered");
  if (gone || delivery.event.isTest) return over("failed");
  const second = secondAfter(lease, outcome);
  if (second !== null) return { ...none, status: "pending", second };
  const askedMs = askedDelayMs(outcome) ?? 0;
  if (lease.reason === "probe") return { ...none, status: "pending", minMs: askedMs, maxMs: askedMs };
  if (lease.isTooSoon && lease.number - delivery.tries <= repeats)
    return { ...none, status: "pending", maxMs: slowestPaceMs, isTooSoon: true };
  const base = model.settings.scheduleMs[delivery.tries];
  if (base === undefined) return over("failed");
  const asked = (ms: number) => Math.max(ms, askedMs);
  return { ...none, status: "pending", minMs: asked(base * 0.8), maxMs: asked(base * 1.2), isTry: true };
}

const codeOf = (outcome: Outcome) =>
  outcome.kind === "response" ? String(outcome.status) : outcome.error.code;

/**
 * What was sent is what is remembered, but for the signatures and what is secret: written out, or as what its headers are
 * made of, and the webhook's own.
 */
function compareSent(model: Model, name: string, lease: Lease, attempt: AttemptRow) {
  const sent = Object.entries(lease.sent?.headers ?? {})
    .filter(([each]) => !signatureNames.includes(each))
    .map(([each, value]) => [each, each === "X-Env" && lease.env?.isSecret ? "hidden" : value]);
  const made = attempt.sent_by === null ? {} : madeHeaders(lease, attempt);
  const headers = { ...made, ...JSON.parse(attempt.request_headers ?? "{}") };
  if (attempt.url !== lease.url || JSON.stringify(headers) !== JSON.stringify(Object.fromEntries(sent))) {
    model.blame(12, `${name} remembers another request than was sent`);
  }
}

/** Of the types that the simulation publishes. */
const targetTypes: Record<string, string> = {
  search_completed: "NAME_SCREENING",
  flow_run_failed: "FLOW_RUN",
  cdd_state_changed: "CDD",
};

/** The contract's headers, of what the model knows and the row adds. */
function madeHeaders({ delivery, number, reason }: Lease, { sent_by, signed_at }: AttemptRow) {
  const { event, hook } = delivery;
  const [topic = ""] = event.type.split(".");
  return {
    "Content-Type": "application/json",
    "User-Agent": `Fanfare/${sent_by}`,
    "X-Webhook-Id": hook.id,
    "X-Event-Id": event.id,
    "X-Customer-Id": hook.customer.id,
    "X-Event-Name": event.type.replace(".", "_").toUpperCase(),
    "X-Target-Type": targetTypes[event.type] ?? topic.toUpperCase(),
    "X-Attempt": String(number),
    "X-Attempt-Reason": reason,
    "webhook-id": event.id,
    "webhook-timestamp": String(signed_at),
  };
}

/** Claims that were never begun go back: due now, and nothing is recorded. */
export function released({ model, now }: Context, claims: Claim[]): void {
  for (const claim of claims) {
    const delivery = model.deliveries.get(claim.delivery);
    const lease = holds(delivery, claim);
    if (!delivery || !lease) continue;
    if (lease.sent) model.blame(9, `delivery ${delivery.key} was given back after it had been sent`);
    probeAgain(delivery, now);
    Object.assign(delivery, { lease: null, dueAt: now });
    if (delivery.isAsked || lease.isWanted) wantedAgain(model, delivery, now);
    count(model, "claims given back");
  }
}

/** A probe that a fault of ours kept from the endpoint is followed by the next after the same pause. */
function probeLater(delivery: Delivery, now: number): void {
  const { open } = delivery.hook;
  if (open?.probe === delivery) Object.assign(open, { probe: null, probeAt: now + open.delayMs });
}

/** A probe that came to nothing makes room for the next at once. */
function probeAgain(delivery: Delivery, now: number): void {
  const { open } = delivery.hook;
  if (open?.probe === delivery) Object.assign(open, { probe: null, probeAt: now });
}

/** A worker that is gone: what it had in flight is due now, and stays its own until somebody takes it. */
export function workerEnded({ model, now }: Context, workerId: string): void {
  for (const delivery of model.deliveries.values()) {
    const { lease } = delivery;
    if (lease?.worker.id !== workerId) continue;
    const isInPeace = lease.worker.isStopping && lease.worker.troubledAtMs < lease.takenAtMs;
    lease.worker.troubledAtMs = Math.max(lease.worker.troubledAtMs, model.elapsedMs());
    if (isInFlight(delivery, now) && isInPeace) {
      model.blame(27, `a worker that stopped in peace left delivery ${delivery.key} in flight`);
    }
    probeAgain(delivery, now);
    lease.until = now;
    delivery.dueAt = now;
  }
}
