import { createHmac } from "node:crypto";
import type { Outcome } from "@/domain/delivery/outcome";
import type { SendRequest } from "@/server/engine/send";
import { unopenable } from "./edit";
import { judgePace } from "./pace";
import { refusedBy } from "./rotation";
import {
  type Check,
  count,
  flyingOf,
  isInFlight,
  type Lease,
  leaseName,
  type Model,
  type Worker,
  workerOf,
} from "./state";

/** A claimed attempt starts within this time, or is given back. */
const startWithinMs = 1_000;
const timeouts = ["dns_timeout", "connect_timeout", "tls_timeout", "response_timeout"];

/** Checks a request on its way out, and answers the claim that it belongs to. */
export function sent(model: Model, workerId: string, request: SendRequest, now: number): Lease | null {
  const { headers } = request;
  const worker = workerOf(model, workerId);
  const hookId = headers["X-Webhook-Id"] ?? "";
  const lease = worker.leases.get(leaseName(hookId, headers["X-Event-Id"] ?? "", headers["X-Attempt"] ?? ""));
  count(model, "requests");
  if (!lease) {
    model.blame(9, `a request of event ${headers["X-Event-Id"]} went out that nobody had claimed`);
    return null;
  }
  const name = `attempt ${lease.number} of event ${lease.delivery.event.id}`;
  if (lease.sent) model.blame(10, `${name} was sent twice`);
  if (lease.delivery.lease !== lease || !isInFlight(lease.delivery, now)) {
    count(model, "requests after their lease");
    // A deletion that follows the claim within the second may come too late for it.
    const isExcused = worker.troubledAtMs >= lease.takenAtMs || lease.delivery.hook.isDeleted;
    if (!isExcused) model.blame(8, `${name} was sent without its lease`);
  }
  if (worker.isStopping) model.blame(27, `${name} began after its worker was asked to stop`);
  const lateMs = model.elapsedMs() - lease.takenAtMs;
  if (lateMs > startWithinMs) model.blame(5, `${name} began ${lateMs} ms after its claim`);
  judgeRequest(model, name, lease, request, now);
  lease.sent = { atMs: model.elapsedMs(), headers };
  worker.flying.add(lease);
  if (lease.drain) worker.drains.set(lease.delivery.hook, lease.drain);
  else worker.drains.delete(lease.delivery.hook);
  judgeCaps(model, name, worker, lease);
  return lease;
}

/** `check` is how the receiver looked at the signature; it took it unless `isRefused`. */
export function answered(
  model: Model,
  lease: Lease,
  outcome: Outcome,
  { check, isRefused }: { check: Check | null; isRefused: boolean },
): void {
  const { worker, delivery } = lease;
  const { hook } = delivery;
  lease.outcome = outcome;
  lease.check = check;
  if (check && isRefused) refusedBy(model, lease, check);
  worker.flying.delete(lease);
  count(model, outcome.kind === "response" ? `${outcome.status}` : outcome.error.code);
  if (delivery.event.isTest) return;
  judgePace(model, lease, outcome);
  const max = model.settings.webhookConcurrency;
  const cap = worker.caps.get(hook.key) ?? max;
  if (outcome.kind === "error" && timeouts.includes(outcome.error.code)) {
    worker.caps.set(hook.key, Math.max(1, Math.floor(cap / 2)));
  } else if (outcome.kind === "response" && outcome.status < 300) {
    worker.caps.set(hook.key, Math.min(max, cap + 1));
    for (const drain of new Set([hook.drain, worker.drains.get(hook)])) {
      drain?.allowed.set(worker.id, (drain.allowed.get(worker.id) ?? 1) + 1);
    }
  }
}

/** What the contract says that a receiver gets: these bytes, for this webhook, signed with these secrets. */
function judgeRequest(model: Model, name: string, lease: Lease, request: SendRequest, now: number): void {
  const { headers, body } = request;
  const { event, hook } = lease.delivery;
  if (hook.id !== request.pool) model.blame(11, `${name} goes over a connection of another webhook`);
  if (request.url !== lease.url) model.blame(17, `${name} goes to ${request.url}, not ${lease.url}`);
  if ((request.timeoutMs ?? null) !== lease.timeoutMs)
    model.blame(17, `${name} has ${request.timeoutMs} ms, not ${lease.timeoutMs}`);
  if (body !== event.payload) model.blame(12, `${name} carries other bytes`);
  const expected = {
    "X-Event-Id": event.id,
    "webhook-id": event.id,
    "X-Customer-Id": hook.customer.id,
    "X-Attempt-Reason": lease.reason,
    "X-Env": lease.env?.value,
    ...signatures(lease, event.id, body, headers["webhook-timestamp"] ?? ""),
  };
  for (const [header, value] of Object.entries(expected)) {
    if (headers[header] === value) continue;
    const isSignature = header.toLowerCase().includes("signature");
    model.blame(isSignature ? 13 : 12, `${name} has ${header} ${headers[header]}, not ${value}`);
  }
  const skewMs = Math.abs(now - Number(headers["webhook-timestamp"]) * 1000);
  if (!(skewMs <= startWithinMs + 1_000)) model.blame(13, `${name} is signed for ${skewMs} ms off`);
}

function signatures(lease: Lease, eventId: string, body: string, timestamp: string) {
  const { secret, previousSecret, side } = lease;
  const [leading, other] = side === "current" ? [secret, previousSecret] : [previousSecret, secret];
  const secrets = [leading, other].filter((each) => each !== null);
  const hmac = (key: string | Buffer, text: string, encoding: "hex" | "base64") =>
    createHmac("sha256", key).update(text).digest(encoding);
  const standardKey = (key: string) =>
    key.startsWith("whsec_") ? Buffer.from(key.slice("whsec_".length), "base64") : key;
  const standard = secrets.map(
    (key) => `v1,${hmac(standardKey(key), `${eventId}.${timestamp}.${body}`, "base64")}`,
  );
  const ofBody = (key: string | null) => (key === null ? undefined : `sha256=${hmac(key, body, "hex")}`);
  return {
    "X-Signature": ofBody(leading),
    "X-Signature-Previous": side === "current" ? ofBody(other) : undefined,
    "X-Signature-Next": side === "current" ? undefined : ofBody(other),
    "webhook-signature": secret === null ? undefined : standard.join(" "),
  };
}

/** Both caps of a worker hold, a webhook's own shrinks and grows, and a backlog goes one by one at first. */
function judgeCaps(model: Model, name: string, worker: Worker, lease: Lease): void {
  const { hook, event } = lease.delivery;
  const { settings } = model;
  if (lease.secret === unopenable) model.blame(13, `${name} went out although its secret does not open`);
  if (event.isTest) return;
  const ordinary = [...worker.flying].filter(({ delivery }) => !delivery.event.isTest);
  const ofHook = flyingOf(worker, hook).length;
  const ofCustomer = ordinary.filter(({ delivery }) => delivery.hook.customer === hook.customer).length;
  if (ordinary.length > settings.concurrency) model.blame(18, `${ordinary.length} requests at once`);
  if (ofCustomer > settings.customerCap) model.blame(18, `${ofCustomer} requests at once of one customer`);
  if (ofHook > lease.cap)
    model.blame(18, `${ofHook} requests at once to a webhook whose cap is ${lease.cap}`);
  const allowed = hook.drain?.allowed.get(worker.id) ?? 1;
  if (hook.drain && lease.drain === hook.drain && ofHook > allowed) {
    model.blame(
      19,
      `${ofHook} requests at once to webhook ${hook.key} whose backlog may go ${allowed} at a time`,
    );
  }
}
