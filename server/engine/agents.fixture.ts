import { randomBytes, randomUUID } from "node:crypto";
import { expect } from "vitest";
import { ann } from "@/db/actor.kit";
import { newCustomer, newEvent } from "@/db/contract.kit";
import { openStore } from "@/db/open";
import type { Challenged, NewSubscription, Store, Subscription } from "@/db/store";
import { seal, secretOwner } from "@/domain/webhook/seal";
import { startReceiver } from "@/testing/receiver";
import { markOf } from "../process/process-mark";
import { createEngine } from "./engine";
import { createSender } from "./send";
import { allow, trusted } from "./send.fixture";

const minute = 60_000;
export const newSecret = () => `whsec_${randomBytes(24).toString("base64")}`;

type Found = NonNullable<Awaited<ReturnType<Store["getDelivery"]>>>;
type Of = { customerId: string; webhookId: string };

/** An engine that delivers to an agent's receiver by a clock that is turned, and the moves of the agent. */
export async function startAgents() {
  const ring = [{ id: "k", key: randomBytes(32) }];
  let aheadMs = 0;
  const clock = () => Date.now() + aheadMs;
  const { store } = await openStore({ dataDir: ":memory:", clock });
  const sender = createSender({ timeoutMs: minute, allow });
  const receiver = await startReceiver({ tls: trusted });
  const engine = createEngine({
    store,
    sender,
    log: { error: (detail, message) => expect.fail(`${message} ${JSON.stringify(detail)}`) },
    ring,
    version: "0.0.0",
    workerId: "worker",
    mark: markOf(process.pid),
    clock,
    random: Math.random,
    retryScheduleMs: [5_000],
    deliveryTimeoutMs: minute,
    deliveryConcurrency: 16,
    webhookConcurrency: 16,
    retentionMs: 30 * 24 * 60 * minute,
    hasSearchIndex: false,
  });
  await engine.start();
  const customerId = await newCustomer(store);
  const principalId = randomUUID();
  const key = { id: principalId, customerId, name: "Agent", prefix: "fk_abcdef", hash: randomUUID() };
  await store.createApiKey({ ...key, access: "read", expiresAt: null }, ann);

  return { store, receiver, ask, subscribe, publish, ended, attempted, goOn, close };

  /** Asks for a subscription; of the same `id` it is the same one. */
  function ask(more: Partial<NewSubscription> = {}, secret = newSecret()) {
    const asked: NewSubscription = {
      customerId,
      id: `sub_${randomUUID()}`,
      principalId,
      url: `${receiver.url}/mcp?subscription=7`,
      name: "search_completed",
      arguments: {},
      detail: "ids",
      client: null,
      conditions: null,
      termMs: 60 * minute,
      site: "https://hooks.example",
      seal: (owner) => seal(ring, secret, secretOwner(owner)),
      challenge: { eventId: `msg_verification_${randomUUID()}`, payload: '{"type":"verification"}' },
      ...more,
    };
    return store.subscribe(asked, ann);
  }

  /** Subscribes or refreshes, by way of the challenge if there is one. */
  async function subscribe(more: Partial<NewSubscription> = {}, secret?: string): Promise<Subscription> {
    const answer = await ask(more, secret);
    if (answer.kind === "subscribed") return answer.subscription;
    if (answer.kind !== "challenged") throw new Error(`The agent of a test was refused: ${answer.kind}.`);
    await ended(answer, answer.eventId);
    const subscription = await store.settleChallenge(answer, true, ann);
    if (!subscription) throw new Error("The subscription of a test is gone.");
    return subscription;
  }

  /** Publishes an event; answers its id. */
  async function publish(): Promise<string> {
    const event = newEvent(customerId, { dataJson: '{"search_id":"s-1","name":"Zoë"}' });
    await store.publishEvents([event]);
    return event.id;
  }

  /** A delivery once it has ended. */
  function ended(of: Subscription | Challenged, eventId: string): Promise<Found> {
    return once(placeOf(of), eventId, ({ delivery }) => delivery.endedAt !== null);
  }

  /** A delivery once so many attempts of it are on record. */
  function attempted(of: Subscription, eventId: string, times: number): Promise<Found> {
    return once(placeOf(of), eventId, ({ delivery }) => delivery.attemptCount === times);
  }

  async function once(of: Of, eventId: string, fits: (found: Found) => boolean): Promise<Found> {
    for (;;) {
      const changed = nextChange();
      const found = await store.getDelivery(of.customerId, of.webhookId, eventId);
      if (found && fits(found)) return found;
      await changed;
    }
  }

  function nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const stop = store.onChange(() => {
        stop();
        resolve();
      });
    });
  }

  /** Time passes. */
  function goOn(ms: number): void {
    aheadMs += ms;
  }

  async function close(): Promise<void> {
    await receiver.close(); // what hangs ends with its connection
    await engine.stop();
    await sender.close();
    await store.close();
  }
}

const placeOf = (of: Subscription | Challenged): Of =>
  "webhook" in of ? { customerId: of.webhook.customerId, webhookId: of.webhook.id } : of;
