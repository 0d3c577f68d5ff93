import type { Claim, ClaimRequest } from "@/db/store";
import { claimedOfAgent, meetsLapsed } from "./agents";
import type { Context } from "./context";
import { adoptSystemEvents, systemEventsOf } from "./health";
import { endPauses } from "./pause";
import { judgeProbe } from "./probe";
import { loseToken, takeToken, tokensOf } from "./rate";
import { cancel, wantedAgain } from "./redeliver";
import { isOverlap, judgeSeconds, sidesOf } from "./rotation";
import {
  type Customer,
  count,
  type Delivery,
  type Hook,
  isInFlight,
  type Lease,
  leaseName,
  type Model,
  pendingOf,
  type Worker,
  workerOf,
} from "./state";

/** Five lost attempts in a row end a delivery. */
const maxLostInARow = 5;

/** Checks that a worker got only what it may have, and that nobody was passed over for ever. */
export function claimed(context: Context, request: ClaimRequest, claims: Claim[]): void {
  const { model, now } = context;
  const worker = workerOf(model, request.workerId);
  endPauses(context);
  const offers = offersOf(model, request, now);
  const ended = endLost(context, claims);
  cancelTests(context);
  const systemEvents = ended
    .filter(({ event }) => !event.isTest)
    .map(({ hook }) => systemEventsOf(model, hook, ["delivery.failed"]));
  adoptSystemEvents(context, systemEvents.flat());
  for (const claim of claims) {
    if (claim.webhook.subscriptionId === null) take(context, worker, request, claim);
    else claimedOfAgent(context, claim);
  }
  const taken = claims.filter(({ isTest }) => !isTest).map(({ delivery }) => model.deliveries.get(delivery));
  judgeSeconds(
    model,
    taken.filter((each) => each !== undefined),
    now,
  );
  const ordinary = claims.filter(({ isTest }) => !isTest);
  if (ordinary.length > request.slots) model.blame(18, "a claim took more than the free places");
  if (claims.length - ordinary.length > request.testSlots) model.blame(18, "too many tests at once");
  if (!meetsLapsed(context) && ended.length === 0) judgeShares(model, request, offers, ordinary);
  const served = ordinary.map(({ webhook }) => model.hooks.get(webhook.key));
  // A test has its own places, and takes no turn of its webhook.
  const endedInTurn = ended.filter(({ event }) => !event.isTest).map(({ hook }) => hook);
  for (const hook of endedInTurn) if (!hook.open) loseToken(hook, now);
  for (const hook of new Set([...served, ...endedInTurn])) {
    if (!hook) continue;
    Object.assign(hook, { passedOver: 0, rivals: new Set(), readySince: null });
    if (hook.drain && !pendingOf(model, hook).some((each) => each.dueAt <= now)) hook.drain = null;
  }
}

/** A lost attempt of a test, the fifth in a row of another, and any of a deleted webhook is the last. */
function endLost({ model, rows, now }: Context, claims: Claim[]): Delivery[] {
  const taken = new Set(claims.map(({ delivery }) => delivery));
  const ended: Delivery[] = [];
  for (const delivery of model.deliveries.values()) {
    if (delivery.status !== "pending" || delivery.dueAt > now || taken.has(delivery.key)) continue;
    const isLast = delivery.event.isTest || (delivery.lostInARow + 1 >= maxLostInARow && !delivery.isAsked);
    const mayEnd = delivery.hook.isDeleted || (delivery.lease !== null && isLast);
    if (!mayEnd || rows.delivery(delivery.key)?.status !== "failed") continue;
    if (delivery.lease) lose(model, delivery, delivery.lease, now);
    end(delivery, now);
    delivery.token += 1;
    ended.push(delivery);
  }
  return ended;
}

/** A test that waits for a webhook that is deleted is not sent: whoever would claim it cancels it. */
function cancelTests({ model, rows, now }: Context): void {
  for (const delivery of model.deliveries.values()) {
    const { status, event, hook, lease, dueAt } = delivery;
    const mayCancel =
      status === "pending" && event.isTest && hook.isDeleted && lease === null && dueAt <= now;
    if (mayCancel && rows.delivery(delivery.key)?.status === "cancelled") cancel(delivery, now);
  }
}

function end(delivery: Delivery, now: number): void {
  Object.assign(delivery, { status: "failed", endedAt: now, dueAt: delivery.dueAt, lease: null });
}

/** The attempt of a lease that ran out: numbered, and counted as nothing. */
function lose(model: Model, delivery: Delivery, lease: Lease, now: number): void {
  const { worker } = lease;
  if (worker.troubledAtMs < lease.takenAtMs) {
    model.blame(10, `a lease of delivery ${delivery.key} ran out although nothing happened to its worker`);
  }
  count(model, "attempts lost");
  delivery.attempts.push({ reason: lease.reason, code: "worker_lost" });
  delivery.lostInARow += 1;
  delivery.refusedWith = null;
  delivery.lease = null;
  if (delivery.isAsked) wantedAgain(model, delivery, now);
}

function take({ model, now, asked }: Context, worker: Worker, request: ClaimRequest, claim: Claim): void {
  const delivery = model.deliveries.get(claim.delivery);
  const name = `delivery ${claim.delivery} of event ${claim.event.id}`;
  if (!delivery) {
    model.blame(11, `${name} was claimed and does not exist`);
    return;
  }
  const { hook, event } = delivery;
  if (!event.isTest) judgeProbe(model, delivery, now);
  if (delivery.status !== "pending") model.blame(3, `${name} was claimed after it had ended`);
  if (isInFlight(delivery, now)) model.blame(8, `${name} was claimed while another holds its lease`);
  if (delivery.dueAt > now)
    model.blame(7, `${name} was claimed ${delivery.dueAt - now} ms before it was due`);
  if (!event.isTest && hook.pause) model.blame(32, `${name} was claimed although its webhook is paused`);
  if (!event.isTest && (!hook.isActive || hook.isDeleted)) {
    model.blame(5, `${name} was claimed although its webhook is ${hook.isDeleted ? "deleted" : "inactive"}`);
  }
  if (delivery.lease) lose(model, delivery, delivery.lease, now);
  if (delivery.lostInARow >= maxLostInARow) model.blame(3, `${name} was claimed after five losses`);
  if (claim.lease <= delivery.token) model.blame(8, `${name} was claimed with an old token`);
  const number = delivery.attempts.length + 1;
  if (claim.number !== number) model.blame(6, `${name} was claimed as number ${claim.number}, not ${number}`);
  if (claim.tries !== delivery.tries) model.blame(4, `${name} was claimed with ${claim.tries} tries`);
  const reason = reasonOf(delivery);
  if (claim.reason !== reason) model.blame(19, `${name} was claimed as ${claim.reason}, not ${reason}`);
  if (claim.webhook.id !== hook.id || claim.webhook.customerId !== hook.customer.id) {
    model.blame(11, `${name} was claimed for a webhook of somebody else`);
  }
  if (claim.event.payload !== event.payload) model.blame(12, `${name} was claimed with other bytes`);
  if (claim.webhook.url !== hook.url) model.blame(17, `${name} was claimed with an old URL`);
  count(model, `claimed ${reason}`);
  if (reason !== "test" && reason !== "probe") takeToken(model, hook, now);
  const capOf = (earned: ReadonlyMap<number, number>) =>
    earned.get(hook.key) ?? model.settings.webhookConcurrency;
  const lease: Lease = {
    token: claim.lease,
    worker,
    delivery,
    until: now + request.leaseMs,
    takenAtMs: model.elapsedMs(),
    number,
    reason,
    url: hook.url,
    secret: hook.secret,
    previousSecret: isOverlap(hook, now) ? (hook.previous?.secret ?? null) : null,
    env: hook.env,
    timeoutMs: hook.timeoutMs,
    ...sidesOf(delivery, now),
    check: null,
    version: hook.version,
    drain: hook.drain,
    isWanted: delivery.isWanted,
    wasRefused: delivery.refusedWith !== null,
    tookMsAgo: hook.succeededAt === null || hook.succeededAt > now ? null : now - hook.succeededAt,
    isTooSoon: false,
    cap: Math.max(capOf(asked.caps), capOf(worker.caps)),
    sent: null,
    outcome: null,
  };
  Object.assign(delivery, { lease, token: claim.lease, dueAt: lease.until, isWanted: false });
  if (reason === "probe" && hook.open) hook.open.probe = delivery;
  worker.leases.set(leaseName(hook.id, event.id, number), lease);
}

function reasonOf({ event, hook, nextReason }: Delivery): Delivery["nextReason"] {
  if (event.isTest) return "test";
  return hook.open ? "probe" : nextReason;
}

type Offer = { hook: Hook; due: number; room: number };

/** What was ready when the worker asked, with the places that it said are free. */
function offersOf(model: Model, request: ClaimRequest, now: number): Offer[] {
  const dueOf = new Map<Hook, number>();
  for (const delivery of model.deliveries.values()) {
    const { hook } = delivery;
    if (delivery.status !== "pending" || delivery.event.isTest || delivery.dueAt > now) continue;
    if (!hook.isActive || hook.pause || hook.isDeleted || hook.open) continue;
    dueOf.set(hook, (dueOf.get(hook) ?? 0) + 1);
  }
  return [...dueOf].map(([hook, due]) => {
    const earned = request.webhookCaps.get(hook.key) ?? request.webhookCap;
    const isKnown = model.workers.get(request.workerId)?.drains.get(hook) === hook.drain;
    const come = isKnown ? (request.drainCaps.get(hook.key)?.cap ?? 1) : 1;
    const cap = hook.drain ? Math.min(earned, come) : earned;
    const left = cap - (request.inFlight.byWebhook.get(hook.key) ?? 0);
    const tokens = Math.floor(tokensOf(hook, now) - 1e-3);
    const room = Math.max(0, Math.min(left, tokens, request.webhookRooms.get(hook.key) ?? left));
    return { hook, due, room };
  });
}

/** Customers take turns, one delivery at a time, and so do webhooks over several claims. */
function judgeShares(model: Model, request: ClaimRequest, offers: Offer[], claims: Claim[]): void {
  const got = new Map<Customer, number>();
  const served = new Set<Hook>();
  for (const { webhook } of claims) {
    const hook = model.hooks.get(webhook.key);
    if (!hook) continue;
    served.add(hook);
    got.set(hook.customer, (got.get(hook.customer) ?? 0) + 1);
  }
  const most = Math.max(0, ...got.values());
  for (const [customer, own] of byCustomer(offers)) {
    const held = request.inFlight.byCustomer.get(customer.key) ?? 0;
    const room = request.customerCap - held;
    const could = own.reduce((sum, { due, room: free }) => sum + Math.min(due, free), 0);
    const has = got.get(customer) ?? 0;
    if (has >= Math.min(could, room)) continue;
    if (held + has >= request.free - claims.length) continue; // nobody may have more than are free
    if (most > has + 1) model.blame(18, `a customer got ${most} places and another that waits ${has}`);
    const isLeft = claims.length < request.slots && has === 0;
    if (isLeft && claims.length > 0) model.blame(18, "places stayed free although a customer waited");
  }
  judgeTurns(model, request, offers, served, claims.length);
}

/** Every other webhook may go before a ready one once, and then it is this one's turn. */
function judgeTurns(
  model: Model,
  request: ClaimRequest,
  offers: Offer[],
  served: Set<Hook>,
  claimed: number,
): void {
  const offering = new Map(offers.map((offer) => [offer.hook, offer]));
  const live = [...model.hooks.values()].filter(({ isDeleted }) => !isDeleted);
  for (const hook of live) {
    const held = request.inFlight.byCustomer.get(hook.customer.key) ?? 0;
    const isFull = held >= request.customerCap || held >= request.free - claimed;
    const isReady = !isFull && (offering.get(hook)?.room ?? 0) > 0;
    if (!offering.has(hook)) Object.assign(hook, { passedOver: 0, rivals: new Set() });
    else if (isReady && served.size > 0 && !served.has(hook)) {
      hook.passedOver += 1;
      for (const each of live) hook.rivals.add(each);
    }
    if (hook.passedOver > hook.rivals.size) {
      model.blame(18, `webhook ${hook.id} was passed over ${hook.passedOver} times`);
    }
  }
}

function byCustomer(offers: Offer[]): Map<Customer, Offer[]> {
  const groups = new Map<Customer, Offer[]>();
  for (const offer of offers) {
    groups.set(offer.hook.customer, [...(groups.get(offer.hook.customer) ?? []), offer]);
  }
  return groups;
}
