import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect } from "vitest";
import { ann } from "../actor.kit";
import { attempt, type Clock, claim, type End, newWebhook, type Open, publish, turn } from "../contract.kit";
import type { Claim, ClaimRequest, Store } from "../store";

/** A store of its own for each test, under a name that stays, and the clock that they turn. */
export function storeScene(open: Open) {
  const store = {} as Store;
  const clock: Clock = { now: 0, jumpedMs: 0, doubts: [] };
  beforeEach(async () => {
    Object.assign(clock, { now: Date.UTC(2026, 0, 1), jumpedMs: 0, doubts: [] });
    Object.assign(store, await open(clock));
  });
  afterEach(() => store.close());
  /** The wall clock steps, and no time passes. */
  const jump = (ms: number) => {
    clock.now += ms;
    clock.jumpedMs += ms;
  };
  return { store, clock, jump };
}

/** The same with a customer, its events, and the moves of a worker. */
export function customerScene(open: Open) {
  const { store, clock, jump } = storeScene(open);
  const customer: string = randomUUID();
  beforeEach(async () => {
    await store.createCustomer({ id: customer, name: "Northwind", externalId: null }, ann);
  });
  return {
    store,
    clock,
    jump,
    customer,
    publish: (count = 1, to = customer) => publish(store, to, count),
    claim: (request: Partial<ClaimRequest> = {}) => claim(store, request),
    record: (claimed: Claim, end: End) => store.recordAttempts([attempt(claimed, end, clock.now)]),
    /** The receiver refuses the content, and says why. */
    refuse: (claimed: Claim, body: string, status = 422) =>
      store.recordAttempts([attempt(claimed, status, clock.now, {}, body)]),
    turn: (end: End, headers = {}) => turn({ store, clock }, end, headers),
  };
}

/** The same with a webhook of the customer, and what is seen of it. */
export function webhookScene(open: Open) {
  const scene = customerScene(open);
  const { store, customer } = scene;
  const webhook: string = randomUUID();
  beforeEach(async () => {
    await newWebhook(store, customer, { id: webhook });
  });
  const health = async () => {
    const found = await store.getWebhook(customer, webhook);
    if (!found) throw new Error("The webhook is not there.");
    return found;
  };
  const delivery = async (eventId: string) => {
    const found = await store.getDelivery(customer, webhook, eventId);
    if (!found) throw new Error("The delivery is not there.");
    return found;
  };
  /** Fails deliveries until the breaker opens; answers their events. */
  const openBreaker = async () => {
    const events = await scene.publish(5);
    await scene.turn(500);
    expect((await health()).breaker).not.toBeNull();
    return events;
  };
  return { ...scene, webhook, health, delivery, openBreaker };
}

export function only(claims: Claim[]): Claim {
  expect(claims).toHaveLength(1);
  return claims[0] as Claim;
}
