import type { AttemptReason, DeliveryStatus, Next } from "@/server/domain/delivery";
import type { SkipReason } from "@/server/domain/event";
import type { DeliveryError, Outcome, Peer, ResponseHeaders, Timings } from "@/server/domain/outcome";
import type { Rollup } from "@/server/domain/rollup";

/**
 * Everything Fanfare remembers, as whole verbs: each one is its own transaction, resolves only after a durable
 * commit, and answers expected refusals as values. Times are epoch milliseconds, durations milliseconds. The
 * store's clock does the adding, so callers pass durations. A customer is named by id or external id.
 */
export type Store = AccessStore & WebhookStore & EventStore & DeliveryStore & QueueStore & StoreLife;

/** A row's own number, meaningful only to the store that made it. It never leaves the server. */
export type Key = number;

/** An encrypted secret (see domain/seal): the store keeps it and cannot read it. */
export type Sealed = string;

/** A position in a list, opaque to callers. */
export type Cursor = string;
export type Page<T> = { items: T[]; next: Cursor | null };

// ------------------------------------------------------------------------------------------------ access

export type Customer = { id: string; name: string; externalId: string | null; createdAt: number };
export type ApiKey = {
  id: string;
  customerId: string;
  name: string | null;
  /** The first characters of the key, enough for a person to tell keys apart. */
  prefix: string;
  createdAt: number;
};
export const roles = ["owner", "member", "viewer"] as const;
export type Role = (typeof roles)[number];
export type Member = { userId: string; customerId: string; role: Role; createdAt: number };
export type Invitation = { id: string; customerId: string; role: Role; expiresAt: number; createdAt: number };

export type AccessStore = {
  /** Adds a customer. An external id must be free, also as another customer's id. */
  createCustomer(customer: {
    id: string;
    name: string;
    externalId: string | null;
  }): Promise<Customer | "external_id_taken">;
  /** A customer with its first owner, in one commit. A person who already belongs to a customer stays there. */
  foundCustomer(customer: { id: string; name: string; ownerId: string }): Promise<Member>;
  /** All customers, newest first. */
  listCustomers(): Promise<Customer[]>;
  findCustomer(idOrExternalId: string): Promise<Customer | null>;
  /** Ends a customer: keys, sessions and deliveries stop with this commit; rows go later, in small batches. */
  deleteCustomer(idOrExternalId: string): Promise<boolean>;

  /** Stores a key by its SHA-256 (hex). Null when there is no such customer. */
  createApiKey(key: {
    id: string;
    customerId: string;
    name: string | null;
    prefix: string;
    hash: string;
  }): Promise<ApiKey | null>;
  /** A customer's keys, newest first. */
  listApiKeys(customerId: string): Promise<ApiKey[]>;
  /** Dead at once. False when the customer has no such key. */
  revokeApiKey(customerId: string, keyId: string): Promise<boolean>;
  /** The hot path of every authenticated call: one indexed read. */
  findApiKey(hash: string): Promise<ApiKey | null>;

  /** The customer that a person belongs to, with the role; null when none. */
  findMember(userId: string): Promise<Member | null>;
  listMembers(customerId: string): Promise<Member[]>;
  /** Changes a member's role. A customer keeps its last owner. */
  setRole(member: {
    userId: string;
    customerId: string;
    role: Role;
  }): Promise<Member | "not_found" | "last_owner">;
  removeMember(customerId: string, userId: string): Promise<"removed" | "not_found" | "last_owner">;
  /**
   * A single-use link that makes whoever opens it a member, stored by the SHA-256 of its token. Null when there
   * is no such customer.
   */
  createInvitation(invitation: {
    id: string;
    customerId: string;
    role: Role;
    hash: string;
    lastsMs: number;
  }): Promise<Invitation | null>;
  listInvitations(customerId: string): Promise<Invitation[]>;
  revokeInvitation(customerId: string, invitationId: string): Promise<boolean>;
  findInvitation(hash: string): Promise<Invitation | null>;
  /** Uses an invitation up. Null when it is unknown, used or over, or the person belongs to a customer already. */
  acceptInvitation(hash: string, userId: string): Promise<Member | null>;

  /**
   * A single-use link to a customer's dashboard, by the SHA-256 of its token. Answers when it ends; null when
   * there is no such customer.
   */
  createPortalLink(link: { customerId: string; hash: string; lastsMs: number }): Promise<number | null>;
  /** True while the link could still be redeemed: looking does not use it up. */
  isPortalLinkOpen(hash: string): Promise<boolean>;
  /** Uses the link up and opens a session of the given length. Null when unknown, used or over. */
  redeemPortalLink(redeem: {
    hash: string;
    sessionHash: string;
    lastsMs: number;
  }): Promise<{ customerId: string; expiresAt: number } | null>;
  findPortalSession(sessionHash: string): Promise<{ customerId: string; expiresAt: number } | null>;
  endPortalSession(sessionHash: string): Promise<void>;
};

// ----------------------------------------------------------------------------------------------- webhooks

/** Contract: up to 10 webhooks a customer. */
export const maxWebhooks = 10;

export type Webhook = {
  id: string;
  customerId: string;
  url: string;
  isActive: boolean;
  events: string[];
  description: string | null;
  hasSecret: boolean;
  /** Until when the previous secret signs too; null when no rotation is under way. */
  previousSecretUntil: number | null;
  disabledReason: string | null;
  disabledAt: number | null;
  createdAt: number;
  updatedAt: number;
  /** The attempt that ended last, tests included; all null when none. */
  lastAttemptAt: number | null;
  lastAttemptOk: boolean | null;
  lastStatusCode: number | null;
  lastError: DeliveryError | null;
  /** Since when, and how many times in a row, attempts have failed; null and 0 after a success. */
  failingSince: number | null;
  failuresInARow: number;
  /** Start of the failures that count towards switching the webhook off (tests don't). */
  countdownSince: number | null;
  /** Deliveries waiting: all pending ones, in flight included. */
  pendingCount: number;
  /** While the breaker is open: when the next probe is due, and since when it is open. */
  breaker: { openedAt: number; probeAt: number } | null;
};

export type NewWebhook = {
  id: string;
  customerId: string;
  url: string;
  secret: Sealed | null;
  isActive: boolean;
  events: string[];
  description: string | null;
};

/** Omitted = kept. A new URL or secret closes the breaker and clears the countdown. */
export type WebhookChange = {
  url?: string;
  secret?: Sealed | null;
  isActive?: boolean;
  events?: string[];
  description?: string | null;
};

export type WebhookStore = {
  /** Adds a webhook; the limit holds under concurrent calls too. */
  createWebhook(webhook: NewWebhook): Promise<Webhook | "limit_reached" | "not_found">;
  /** A customer's webhooks, newest first. */
  listWebhooks(customerId: string): Promise<Webhook[]>;
  getWebhook(customerId: string, webhookId: string): Promise<Webhook | null>;
  /** Applies to every attempt claimed after this commit. Activation resumes what was held. */
  updateWebhook(customerId: string, webhookId: string, change: WebhookChange): Promise<Webhook | null>;
  /** No claim succeeds after this commit; pending deliveries are cancelled. */
  deleteWebhook(customerId: string, webhookId: string): Promise<boolean>;
  /** The new secret signs from now on, the old one beside it for `overlapMs`. */
  rotateSecret(customerId: string, webhookId: string, secret: Sealed, overlapMs: number): Promise<boolean>;
  /** The secrets that could have signed: the current one and, during an overlap, the previous one. */
  getSecrets(
    customerId: string,
    webhookId: string,
  ): Promise<{ current: Sealed | null; previous: Sealed | null } | null>;
  /** Gives up everything pending that is not in flight; answers how many. */
  cancelPending(customerId: string, webhookId: string): Promise<number | null>;

  /** Starts re-sending; the worker does it in small batches. */
  startRecovery(recovery: {
    id: string;
    customerId: string;
    webhookId: string;
    since: number;
    until: number | null;
    include: ("failed" | "missed")[];
  }): Promise<Recovery | "not_found" | "inactive">;
  /** How many deliveries a recovery of this range would send now. */
  countRecoverable(
    customerId: string,
    webhookId: string,
    range: { since: number; until: number | null; include: ("failed" | "missed")[] },
  ): Promise<number | null>;
  getRecovery(customerId: string, webhookId: string, recoveryId: string): Promise<Recovery | null>;
  /** The recoveries of a webhook that still run, newest first: a reloaded page finds its progress again. */
  listRunningRecoveries(customerId: string, webhookId: string): Promise<Recovery[]>;

  /** Attempt counters per webhook from `since` on, in steps of a minute or an hour. Tests are left out. */
  listRollups(customerId: string, since: number, step: "minute" | "hour"): Promise<WebhookRollup[]>;
  /** The keys that stored secrets are sealed with, each with one of its secrets. */
  listSealedKeys(): Promise<{ keyId: string; sample: Sealed; webhook: SecretOwner }[]>;
  /** Re-seals up to `limit` secrets that another key sealed; answers how many are left. */
  reseal(
    keyId: string,
    limit: number,
    seal: (secret: Sealed, webhook: SecretOwner) => Sealed,
  ): Promise<number>;
  /** The platform's own webhook, which receives system events; null removes it. */
  setSystemWebhook(
    target: { url: string; seal: (webhook: SecretOwner) => Sealed | null } | null,
  ): Promise<void>;
};

/** Whose secret it is: a sealed one opens for nobody else. */
export type SecretOwner = { customerId: string; webhookId: string };

export type Recovery = {
  id: string;
  webhookId: string;
  total: number;
  done: number;
  state: "running" | "done";
  createdAt: number;
  endedAt: number | null;
};

export type WebhookRollup = { webhookId: string; start: number; counters: Rollup };

// ------------------------------------------------------------------------------------------------- events

export type NewEvent = {
  /** Customer id or external id. */
  customer: string;
  id: string;
  type: string;
  dataJson: string;
  /** Digest of type and data, key order aside: decides whether a repeated id is the same event. */
  contentHash: string;
};

export type PublishResult =
  | { kind: "accepted"; events: { id: string; deliveries: number; duplicate: boolean }[] }
  | { kind: "unknown_customer"; index: number }
  | { kind: "conflict"; index: number };

export type Event = {
  id: string;
  customerId: string;
  type: string;
  createdAt: number;
  payload: string;
  deliveries: number;
  isTest: boolean;
};

/** For one webhook of the customer: its delivery of the event, or why there is none. */
export type Trace = { webhookId: string; webhookUrl: string } & (
  | { delivery: Delivery }
  | { delivery: null; reason: SkipReason | "created_later" | "pruned" }
);

export type EventFilter = {
  since?: number;
  until?: number;
  type?: string;
  pageSize: number;
  cursor?: Cursor;
};

export type EventStore = {
  /** Events, fan-out and idempotency in one transaction, all or nothing. */
  publishEvents(events: NewEvent[]): Promise<PublishResult>;
  /** Published events (no tests), newest first. */
  listEvents(customerId: string, filter: EventFilter): Promise<Page<Event>>;
  getEvent(customerId: string, eventId: string): Promise<{ event: Event; traces: Trace[] } | null>;
  /** Per type: how many published events since then, and when the last one came. */
  countEventTypes(
    customerId: string,
    since: number,
  ): Promise<{ type: string; count: number; lastAt: number }[]>;
};

// --------------------------------------------------------------------------------------------- deliveries

export type Delivery = {
  eventId: string;
  webhookId: string;
  eventType: string;
  /** When the event was accepted. */
  timestamp: number;
  status: DeliveryStatus;
  statusCode: number | null;
  attemptCount: number;
  /** Scheduled attempts used up since the schedule was last fresh. */
  tries: number;
  nextAttemptAt: number | null;
  /** Pending, but not before the webhook is active or its breaker lets it through. */
  held: "inactive" | "breaker" | null;
  inFlight: boolean;
  isTest: boolean;
  error: DeliveryError | null;
  durationMs: number | null;
  endedAt: number | null;
  /** Left out of lists that do not ask for content. */
  content?: DeliveryContent;
};

export type SentRequest = { url: string; headers: Record<string, string> };
export type StoredResponse = { headers: ResponseHeaders; body: Uint8Array; truncated: boolean };
export type DeliveryContent = {
  payload: string;
  /** Of the latest attempt; null before one, or when a crash left no trace of it. */
  request: SentRequest | null;
  response: StoredResponse | null;
};

export type Attempt = {
  number: number;
  startedAt: number;
  durationMs: number;
  statusCode: number | null;
  error: DeliveryError | null;
  reason: AttemptReason;
  timings: Timings;
  peer: Peer;
  request: SentRequest | null;
  response: StoredResponse | null;
};

export type DeliveryFilter = {
  webhookId?: string;
  status?: DeliveryStatus;
  eventType?: string;
  /** 2, 3, 4, 5, or 0 for attempts that got no HTTP answer. */
  codeClass?: number;
  since?: number;
  until?: number;
  /** Matches the event id exactly, or a part of the payload. */
  text?: string;
  content: boolean;
  pageSize: number;
  cursor?: Cursor;
};

/** A page of deliveries; `searchedBackTo` is how far a filtered search has looked. */
export type DeliveryPage = Page<Delivery> & { searchedBackTo: number | null };

export type DeliveryStore = {
  /** Newest first. A page may end early; only a null `next` is the end. Null when the webhook is unknown. */
  listDeliveries(customerId: string, filter: DeliveryFilter): Promise<DeliveryPage | null>;
  /** One delivery with its latest 100 attempts, newest first. */
  getDelivery(
    customerId: string,
    webhookId: string,
    eventId: string,
  ): Promise<{ delivery: Delivery; attempts: Attempt[] } | null>;
  /** Due now with a fresh schedule; one that waits just becomes due, one in flight is left alone. */
  redeliver(
    customerId: string,
    webhookId: string,
    eventId: string,
  ): Promise<"due" | "not_found" | "inactive" | "is_test">;
  /** A test is a pending delivery like any other, sent once on reserved slots. */
  createTest(test: {
    customerId: string;
    webhookId: string;
    eventId: string;
    type: string;
    dataJson: string;
  }): Promise<"created" | "not_found" | "too_many">;
  /** The customer's deliveries that changed after a position, oldest change first, without content. */
  listChanges(
    customerId: string,
    range: { after: Cursor | null; webhookId?: string; limit: number },
  ): Promise<{ items: { cursor: Cursor; delivery: Delivery }[]; cursor: Cursor }>;
};

// -------------------------------------------------------------------------------------------------- queue

export type ClaimRequest = {
  workerId: string;
  /** How long a claim is this worker's alone. */
  leaseMs: number;
  /** Free places for ordinary deliveries, and for tests. */
  slots: number;
  testSlots: number;
  webhookCap: number;
  customerCap: number;
  /**
   * What this worker has in flight, and what webhooks have earned: caps below `webhookCap` after timeouts, and
   * caps above 1 while what was held drains.
   */
  inFlight: { byWebhook: ReadonlyMap<Key, number>; byCustomer: ReadonlyMap<Key, number> };
  webhookCaps: ReadonlyMap<Key, number>;
  drainCaps: ReadonlyMap<Key, { drain: number; cap: number }>;
};

/** One delivery, this worker's until the lease ends. `lease` fences every later write. */
export type Claim = {
  delivery: Key;
  lease: number;
  /** The number that this attempt will get. */
  number: number;
  reason: AttemptReason;
  isTest: boolean;
  tries: number;
  event: { id: string; type: string; createdAt: number; payload: string };
  webhook: {
    key: Key;
    customerKey: Key;
    id: string;
    customerId: string;
    url: string;
    secret: Sealed | null;
    previousSecret: Sealed | null;
    /** Grows with every new URL, secret and activation: older attempts no longer judge the webhook. */
    version: number;
    /** Held deliveries are draining, in the drain of that number: each begins with one at a time. */
    isDraining: boolean;
    drain: number;
  };
};

export type AttemptRecord = { claim: Claim; request: SentRequest; outcome: Outcome; next: Next };

export type QueueStore = {
  /**
   * Takes due (or abandoned) deliveries: the least recently served webhooks first, customers in turn, never
   * more than the free places. Records the lost attempt of an abandoned one.
   */
  claimDeliveries(request: ClaimRequest): Promise<Claim[]>;
  /**
   * Attempt, delivery, webhook health, breaker and counters in one transaction. A claim whose lease is no
   * longer current changes nothing and answers `lease_lost`.
   */
  recordAttempts(records: AttemptRecord[]): Promise<("recorded" | "lease_lost")[]>;
  /** Gives claims back unsent: due now, no attempt recorded. */
  releaseDeliveries(claims: Claim[]): Promise<void>;
  /** Milliseconds until something that is not due yet may be claimed, or null when nothing is. */
  nextDueInMs(): Promise<number | null>;

  /** Says that a worker lives. */
  beat(workerId: string, pid: number): Promise<void>;
  /** Says that a worker is gone: what it still held is due now. */
  endWorker(workerId: string): Promise<void>;
  /** Workers that said they live, with the age of their last beat. */
  listWorkers(): Promise<{ id: string; pid: number; beatAgeMs: number }[]>;

  /**
   * One small batch of the slow work: recoveries, cancelling what belongs to deleted webhooks and customers,
   * expiry of what waited longer than `retentionMs`, pruning. True when there may be more to do now.
   */
  maintain(limits: { retentionMs: number }): Promise<boolean>;
};

export type StoreLife = {
  /** Throws when the store cannot be read or its schema is not this version's. */
  ping(): Promise<void>;
  /** Calls back soon after commits, this process's and others'. Returns how to stop. */
  onChange(listener: () => void): () => void;
  /** Totals for /metrics. */
  countTotals(): Promise<Totals>;
  close(): Promise<void>;
};

export type Totals = {
  customers: number;
  webhooks: number;
  pending: number;
  oldestDueAgeMs: number | null;
  openBreakers: number;
};
