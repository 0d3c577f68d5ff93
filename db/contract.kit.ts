import { randomUUID } from "node:crypto";
import { decideForAgent, decideNext } from "@/domain/delivery/decide";
import type { AttemptError, Outcome, ResponseHeaders } from "@/domain/delivery/outcome";
import type { ClientCertificate } from "@/domain/webhook/client-certificate";
import { ann } from "./actor.kit";
import type { AttemptRecord, Claim, ClaimRequest, NewEvent, NewWebhook, Store } from "./store";

/** A clock that the test turns: `now` in epoch milliseconds, of which `jumpedMs` have not really passed. */
export type Clock = { now: number; jumpedMs: number; doubts: unknown[] };
/** What a store is opened with to run by a test's clock. */
export const runBy = (clock: Clock) => ({
  clock: () => clock.now,
  elapsed: () => clock.now - clock.jumpedMs,
  onDoubt: (doubt: unknown) => void clock.doubts.push(doubt),
});
/** Opens an empty store on a clock. */
export type Open = (clock: Clock) => Promise<Store>;

export const scheduleMs = [5_000, 300_000, 1_800_000];
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export async function newCustomer(store: Store): Promise<string> {
  const customer = await store.createCustomer({ id: randomUUID(), name: "Northwind", externalId: null }, ann);
  if (customer === "external_id_taken") throw new Error("The external id of a test is taken.");
  return customer.id;
}

export async function newWebhook(
  store: Store,
  customerId: string,
  webhook: Partial<NewWebhook> = {},
): Promise<string> {
  const made = await store.createWebhook(
    {
      id: randomUUID(),
      customerId,
      url: "https://receiver.example/hook",
      secret: null,
      isActive: true,
      events: ["search_completed"],
      conditions: null,
      description: null,
      ...webhook,
    },
    ann,
  );
  if (typeof made === "string") throw new Error(`The test's webhook was refused: ${made}.`);
  return made.id;
}

/** A client certificate that ends then, and is warned of from 14 days before. */
export const certificateUntil = (expiresAt: number): ClientCertificate => ({
  chain: "-----BEGIN CERTIFICATE-----",
  subject: "CN=Northwind",
  issuer: "CN=Bank",
  fingerprint: "AB:CD",
  expiresAt,
  warnsAt: expiresAt - 14 * day,
});

export const newEvent = (customer: string, event: Partial<NewEvent> = {}): NewEvent => ({
  customer,
  id: randomUUID(),
  type: "search_completed",
  dataJson: "{}",
  contentHash: "content",
  ...event,
});

/** Publishes `count` events and answers their ids. */
export async function publish(store: Store, customer: string, count = 1): Promise<string[]> {
  const events = Array.from({ length: count }, () => newEvent(customer));
  const result = await store.publishEvents(events);
  if (result.kind !== "accepted") throw new Error(`The test's events were refused: ${result.kind}`);
  return events.map(({ id }) => id);
}

/** Claims as a worker with nothing in flight would. */
export function claim(store: Store, request: Partial<ClaimRequest> = {}): Promise<Claim[]> {
  return store.claimDeliveries({
    workerId: "worker",
    leaseMs: 25_000,
    slots: 100,
    testSlots: 16,
    testsInFlight: new Map(),
    webhookCap: 16,
    customerCap: 64,
    free: 256,
    inFlight: { byWebhook: new Map(), byCustomer: new Map() },
    webhookCaps: new Map(),
    webhookRooms: new Map(),
    drainCaps: new Map(),
    ...request,
  });
}

/** How an attempt ends: an HTTP status, no answer in time, or a failure of another kind. */
export type End = number | "timeout" | AttemptError;

/** How a worker would record a claim that ended so. */
export function attempt(claimed: Claim, end: End, now: number, headers = {}, body = "answer"): AttemptRecord {
  const outcome = outcomeOf(end, now, headers, body);
  const isAgents = claimed.webhook.subscriptionId !== null;
  return {
    claim: claimed,
    request: { url: claimed.webhook.url, headers: { "X-Attempt": String(claimed.number) } },
    outcome,
    next: isAgents ? decideForAgent(claimed, outcome, null) : decideNext(claimed, outcome, scheduleMs, 0.5),
  };
}

function outcomeOf(end: End, now: number, headers: ResponseHeaders, body: string): Outcome {
  const common = {
    startedAt: now,
    durationMs: 20,
    timings: { dns: 1, connect: 2, tls: 3, first_byte: 10, body: 4 },
    peer: { address: "192.0.2.1", tls_version: "TLSv1.3", certificate_expires_at: null, reused: false },
  };
  if (typeof end !== "number") {
    const timeout = { code: "response_timeout", message: "No answer came." } as const;
    return { kind: "error", error: end === "timeout" ? timeout : end, ...common };
  }
  return {
    kind: "response",
    status: end,
    response: { headers, body: Buffer.from(body), truncated: false },
    ...common,
  };
}

/** One turn of a worker: claims whatever is due and records that all of it ended so. */
export async function turn(
  { store, clock }: { store: Store; clock: { now: number } },
  end: End,
  headers = {},
): Promise<Claim[]> {
  const claims = await claim(store);
  clock.now += 20;
  if (claims.length > 0) {
    await store.recordAttempts(claims.map((each) => attempt(each, end, clock.now - 20, headers)));
  }
  return claims;
}
