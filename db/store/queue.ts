import type { AttemptReason, Next } from "@/domain/delivery/decide";
import type { Outcome } from "@/domain/delivery/outcome";
import type { ClientCertificate } from "@/domain/webhook/client-certificate";
import type { Signing } from "@/domain/webhook/rotation";
import type { StaticHeader } from "@/domain/webhook/static-headers";
import type { SentRequest } from "./deliveries";
import type { Sealed } from "./webhooks";

/** A row's own number, meaningful only to the store that made it. It never leaves the server. */
export type Key = number;

/** Who takes deliveries. */
export type Lessee = {
  workerId: string;
  /** How long a claim is this worker's alone. */
  leaseMs: number;
};

export type ClaimRequest = Lessee & {
  /** Free places for ordinary deliveries, how many of them to fill at once, and free places for tests. */
  free: number;
  slots: number;
  testSlots: number;
  /** Tests that this worker has in flight, by customer. */
  testsInFlight: ReadonlyMap<Key, number>;
  webhookCap: number;
  customerCap: number;
  /**
   * What this worker has in flight, and what webhooks have earned: caps below `webhookCap` after timeouts, and
   * caps above 1 while what was held drains.
   */
  inFlight: { byWebhook: ReadonlyMap<Key, number>; byCustomer: ReadonlyMap<Key, number> };
  webhookCaps: ReadonlyMap<Key, number>;
  drainCaps: ReadonlyMap<Key, { drain: number; cap: number }>;
  /** Of webhooks that have a pace, how many may be claimed now, whatever is in flight. */
  webhookRooms: ReadonlyMap<Key, number>;
};

/** What tells a process from all others, also from those of other containers and those that had its number before. */
export type ProcessMark = {
  pid: number;
  /** Where the number means something, and when the process began; empty where nobody can tell. */
  host: string;
  startedAt: string;
};

/** A worker, and the ids of the keys that it can open secrets with. */
export type WorkerProcess = ProcessMark & { id: string; keyIds: string[] };

/** One delivery, this worker's until the lease ends. `lease` fences every later write. */
export type Claim = {
  delivery: Key;
  lease: number;
  /** The number that this attempt will get. */
  number: number;
  reason: AttemptReason;
  isTest: boolean;
  /** It tries another URL than the webhook's, of which it says nothing. */
  isTrial: boolean;
  tries: number;
  /** Somebody asked for this attempt. */
  isAsked: boolean;
  /** The answer to the attempt before refused the content. */
  wasRefused: boolean;
  signing: Signing;
  event: { id: string; type: string; createdAt: number; payload: string };
  webhook: {
    key: Key;
    customerKey: Key;
    id: string;
    customerId: string;
    /** Of an agent's subscription, as its agent knows it; null for all others. */
    subscriptionId: string | null;
    url: string;
    secret: Sealed | null;
    previousSecret: Sealed | null;
    headers: StaticHeader[];
    /** Null for as long as the service lets an attempt take. */
    timeoutMs: number | null;
    /** What it shows when the endpoint asks for a certificate, with its key; both null when it has none. */
    clientCertificate: ClientCertificate | null;
    clientKey: Sealed | null;
    /** Grows with all that is new of how it is sent to, and activation: older attempts no longer judge the webhook. */
    version: number;
    /** How long ago its URL and secret of now last got anything delivered; null when they never did. */
    succeededMsAgo: number | null;
    /** Held deliveries are draining, in the drain of that number: each begins with one at a time. */
    isDraining: boolean;
    drain: number;
  };
};

export type AttemptRecord = { claim: Claim; request: SentRequest; outcome: Outcome; next: Next };

export type MaintainLimits = {
  /** What has ended is kept for so long. */
  retentionMs: number;
  /** The longest that a delivery may have to wait for its next attempt. */
  longestPauseMs: number;
};

export type QueueStore = {
  /**
   * Takes due (or abandoned) deliveries: the least recently served webhooks first, customers in turn, never
   * more than the free places. Tests have places and turns of their own. Records the lost attempt of an abandoned one.
   */
  claimDeliveries(request: ClaimRequest): Promise<Claim[]>;
  /**
   * Attempt, delivery, webhook health, breaker and rollups in one transaction. A claim whose lease is no
   * longer current changes nothing and answers `lease_lost`.
   */
  recordAttempts(records: AttemptRecord[]): Promise<("recorded" | "lease_lost")[]>;
  /** Gives claims back unsent: due now, no attempt recorded. */
  releaseDeliveries(claims: Claim[]): Promise<void>;
  /**
   * Tells whoever follows the changes that these are in flight, which a claim alone does not: most end at once. Those
   * that have ended meanwhile are left as they are.
   */
  tellInFlight(claims: Claim[]): Promise<void>;
  /** Milliseconds until something that is not due yet may be claimed, or null when nothing is. */
  nextDueInMs(): Promise<number | null>;

  /** Says that a worker lives, and answers whether an operator holds all delivery. */
  heartbeat(worker: WorkerProcess): Promise<{ isAllPaused: boolean }>;
  /** Says that a worker is gone: what it still held is due now. */
  endWorker(workerId: string): Promise<void>;
  /** Workers that said they live, with the age of their last heartbeat. */
  listWorkers(): Promise<(WorkerProcess & { heartbeatAgeMs: number })[]>;

  /**
   * One small batch of the slow work: recoveries, cancelling what belongs to deleted webhooks and customers,
   * expiry of what waited longer than `retentionMs`, pruning, telling of keys that came to their end, and making due what a wrong clock has put off further
   * than any rule does. True when there may be more to do now.
   */
  maintain(limits: MaintainLimits): Promise<boolean>;
};
