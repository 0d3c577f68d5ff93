import type { WebhookChange } from "@/db/store";
import type { Outcome } from "@/domain/delivery/outcome";

/**
 * What must be true of a Fanfare after the commands and answers so far, kept apart from Fanfare's own code: it is
 * written from the contract, and knows nothing of tables but their names.
 */
export type Model = {
  settings: Settings;
  customers: Map<string, Customer>;
  /** Subscriptions that were not ended, by their ids. */
  agents: Map<string, Agent>;
  /** The webhooks of those that were held because they had lapsed. */
  heldAgents: Set<number>;
  hooks: Map<number, Hook>;
  events: Map<number, Event>;
  deliveries: Map<number, Delivery>;
  recoveries: Map<string, Recovery>;
  workers: Map<string, Worker>;
  /** Every recorded attempt that the charts count. */
  counted: { hook: Hook; startedAt: number; code: string; durationMs: number }[];
  /** What a sealed secret hides; null when it opens for nobody. */
  plainOf: Map<string, string | null>;
  systemHook: Hook | null;
  /** The newest rows that the model knows. */
  lastDeliveryKey: number;
  lastEventKey: number;
  elapsedMs: () => number;
  counts: Record<string, number>;
  blame: Blame;
};

/** A subscription that was not ended, by the contract's words about agents. */
export type Agent = {
  id: string;
  customer: Customer;
  keyId: string;
  name: string;
  /** What it asks of an event's content; null for all. */
  risk: string | null;
  webhookId: string;
  isProved: boolean;
  expiresAt: number;
};

type DeliveryStatus = "pending" | "delivered" | "failed" | "cancelled";
type AttemptReason = "scheduled" | "manual" | "test" | "probe";

/** Reports that an invariant of docs/contract.md does not hold, by its number there; 0 when the model itself stumbled. */
export type Blame = (invariant: number, sentence: string) => void;

export type Settings = {
  timeoutMs: number;
  leaseMs: number;
  concurrency: number;
  webhookConcurrency: number;
  customerCap: number;
  testSlots: number;
  scheduleMs: number[];
  retentionMs: number;
};

export type Customer = {
  key: number;
  id: string;
  externalId: string | null;
  isDeleted: boolean;
  isSystem: boolean;
};

export type Conditions = NonNullable<WebhookChange["conditions"]>;

export type Hook = {
  key: number;
  id: string;
  customer: Customer;
  url: string;
  isActive: boolean;
  isDeleted: boolean;
  /** What waits is held although it is active: until then, or until somebody resumes it. */
  pause: { until: number | null } | null;
  events: string[];
  /** What it asks of the content of events. */
  conditions: Conditions | null;
  secret: string | null;
  previous: { secret: string; until: number } | null;
  /** The value of its header `X-Env`, which may be secret. */
  env: { value: string; isSecret: boolean } | null;
  timeoutMs: number | null;
  rate: Rate | null;
  /** Which of both leads while both sign, and since when that is the new one. */
  side: Side;
  switchedAt: number | null;
  /** The receiver as it is was seen to accept the secret that leads, in elapsed milliseconds. */
  proven: { check: Check; atMs: number } | null;
  /** Grows with what makes older attempts no longer judge this webhook. */
  version: number;
  /** The newest event when it was made. */
  afterEvent: number;
  /** The deliveries of the latest judged attempts, up to five, that all failed. */
  failures: number[];
  /** When anything got through last, with its URL and secret of now. */
  succeededAt: number | null;
  open: Open | null;
  drain: Drain | null;
  /** Failed attempts since the last success: when the first one began, how many, the latest, the time between. */
  countdown: { since: number; failures: number; lastAt: number; coveredMs: number } | null;
  /** The platform was told that it fails, and not yet that it recovered. */
  isReported: boolean;
  /** Since when the platform was told that it is slow, and of which certificate's end. */
  slowSince: number | null;
  certificateTold: number | null;
  lastEndedAt: number | null;
  lastOk: boolean | null;
  /** Claims that served others although this one was ready. */
  passedOver: number;
  /** Webhooks that lived meanwhile: each may have gone before this one. */
  rivals: Set<Hook>;
  /** Since when it could have been served and was not, in elapsed milliseconds. */
  readySince: number | null;
};

/** An open breaker: its pause, the next probe and the one in flight, and how many failed, and how the latest did. */
export type Open = {
  delayMs: number;
  probeAt: number;
  probe: Delivery | null;
  made: number;
  /** It went to, or made, one whose content is refused. */
  wasRefused: boolean;
};

/** What a customer lets begin: tokens that come with time, as many as a second's worth, one at least. */
export type Rate = { perSecond: number; tokens: number; at: number };

/** A backlog that is let go: how many may be in flight, by worker, beyond the successes since. */
export type Drain = { allowed: Map<string, number> };

export type Event = {
  key: number;
  id: string;
  customer: Customer;
  type: string;
  payload: string;
  contentHash: string;
  isTest: boolean;
  count: number;
  createdAt: number;
  /** Webhooks that existed and got none of it, and those that a recovery sent it to. */
  skipped: Map<number, "inactive" | "not_subscribed" | "filtered" | "recovered">;
};

/** Of a webhook's two secrets during an overlap, one leads; outside of it there is the current one. */
export type Side = "current" | "previous";

/** A receiver that checks `X-Signature` alone, with this secret, since it was last deployed. */
export type Check = { secret: string };

export type Delivery = {
  key: number;
  event: Event;
  hook: Hook;
  status: DeliveryStatus;
  dueAt: number;
  pendingSince: number;
  endedAt: number | null;
  /** Grows with every redelivery and recovery. */
  round: number;
  nextReason: AttemptReason;
  /** A redelivery was asked for while it was in flight: it is made when that attempt comes to nothing. */
  isAsked: boolean;
  /** Somebody asked for it, and it waits for that. */
  isWanted: boolean;
  /** The status of the latest answer, if that refused the content. */
  refusedWith: string | null;
  /** It was refused with one secret just now: the other one, which leads in its next attempt. */
  second: Side | null;
  /** By whom it was last refused for its signature. */
  refused: { check: Check; version: number } | null;
  tries: number;
  probes: number;
  lostInARow: number;
  attempts: { reason: AttemptReason; code: string }[];
  token: number;
  lease: Lease | null;
};

/** One claim of a delivery, with what its request must look like. */
export type Lease = {
  token: number;
  worker: Worker;
  delivery: Delivery;
  until: number;
  takenAtMs: number;
  number: number;
  reason: AttemptReason;
  url: string;
  secret: string | null;
  previousSecret: string | null;
  env: Hook["env"];
  timeoutMs: number | null;
  side: Side;
  isFirstOfTwo: boolean;
  /** How its receiver checked it; null when it did not. */
  check: Check | null;
  version: number;
  drain: Drain | null;
  /** Somebody had asked for it; the answer before had refused the content. */
  isWanted: boolean;
  wasRefused: boolean;
  /** Before it was claimed, the webhook had taken something so long ago; null if it never had. */
  tookMsAgo: number | null;
  /** It came too soon for a receiver that takes others. */
  isTooSoon: boolean;
  cap: number;
  sent: { atMs: number; headers: Record<string, string> } | null;
  outcome: Outcome | null;
};

export type Recovery = Targets & { id: string; hook: Hook; isDone: boolean };

/** What had failed when a recovery was asked for, with the round in which it did, and what had been missed. */
export type Targets = { failed: Map<Delivery, number>; missed: Set<Event> };

export type Worker = {
  id: string;
  /** When something last happened to it that may cost it a lease, in elapsed milliseconds. */
  troubledAtMs: number;
  isStopping: boolean;
  flying: Set<Lease>;
  /** What a webhook's cap has shrunk or grown to. */
  caps: Map<number, number>;
  /** When it last got something through to a webhook as it was then, in elapsed milliseconds. */
  successes: Map<Hook, { version: number; atMs: number }>;
  /** Webhooks that asked it to slow down, which may have to wait for their pace. */
  paced: Set<Hook>;
  /** The backlog that its latest request to a webhook was part of: it may not know yet that another one began. */
  drains: Map<Hook, Drain>;
  leases: Map<string, Lease>;
};

export const leaseName = (hookId: string, eventId: string, number: number | string) =>
  `${hookId} ${eventId} ${number}`;

export function workerOf(model: Model, id: string): Worker {
  const known = model.workers.get(id);
  if (known) return known;
  const worker: Worker = {
    id,
    troubledAtMs: Number.NEGATIVE_INFINITY,
    isStopping: false,
    flying: new Set(),
    caps: new Map(),
    successes: new Map(),
    paced: new Set(),
    drains: new Map(),
    leases: new Map(),
  };
  model.workers.set(id, worker);
  return worker;
}

export function count(model: Model, name: string): void {
  model.counts[name] = (model.counts[name] ?? 0) + 1;
}

/** The customer's webhook as its API sees it. */
export function findHook(model: Model, customerId: string, hookId: string): Hook | undefined {
  for (const hook of model.hooks.values()) {
    if (hook.id !== hookId || hook.isDeleted) continue;
    return hook.customer.id === customerId && !hook.customer.isDeleted ? hook : undefined;
  }
  return undefined;
}

export const isInFlight = ({ lease }: Delivery, now: number) => lease !== null && lease.until > now;

export function pendingOf(model: Model, hook: Hook): Delivery[] {
  return [...model.deliveries.values()].filter(
    (each) => each.hook === hook && each.status === "pending" && !each.event.isTest,
  );
}

/** Begins to let a backlog go, from one at a time (contract rule 5). */
export function beginDrain(model: Model, hook: Hook): void {
  const allowed = new Map<string, number>();
  for (const worker of model.workers.values()) {
    allowed.set(worker.id, 1 + flyingOf(worker, hook).length);
  }
  hook.drain = { allowed };
}

export const flyingOf = (worker: Worker, hook: Hook) =>
  [...worker.flying].filter((lease) => lease.delivery.hook === hook && !lease.delivery.event.isTest);
