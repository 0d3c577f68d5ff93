import { randomUUID } from "node:crypto";
import { beforeEach } from "vitest";
import { conditionsOf } from "@/domain/agent/wanted";
import { findEventType } from "@/domain/event/catalogue";
import { ann } from "../actor.kit";
import { attempt, day, hour, newEvent, type Open } from "../contract.kit";
import type { Challenged, Claim, NewSubscription, Subscription } from "../store";
import { customerScene } from "./scene.kit";

export const site = "https://hooks.example";

/** A customer whose agents have a key, and the moves of an agent and of what answers it. */
export function agentScene(open: Open) {
  const scene = customerScene(open);
  const { store, clock, customer, claim } = scene;
  const agent = { key: randomUUID() };

  const newKey = async (expiresAt: number | null = null, customerId = customer) => {
    const key = { id: randomUUID(), customerId, name: "Agent", prefix: "fk_abcdef", hash: randomUUID() };
    const made = await store.createApiKey({ ...key, access: "read", expiresAt }, ann);
    if (made === null || made === "limit_reached") throw new Error("The key of a test was refused.");
    return key.id;
  };
  beforeEach(async () => {
    agent.key = await newKey();
  });

  /** What an agent asks for; of the same `id` it is the same subscription. */
  const asking = (more: Partial<NewSubscription> = {}): NewSubscription => {
    const entry = findEventType(more.name ?? "search_completed");
    if (!entry) throw new Error("The type of a test is not in the catalogue.");
    return {
      customerId: customer,
      id: `sub_${randomUUID()}`,
      principalId: agent.key,
      url: "https://agent.example/callback?id=7",
      name: entry.type,
      arguments: {},
      detail: "ids",
      client: "An agent 1.0",
      conditions: conditionsOf(entry, more.arguments ?? {}),
      termMs: hour,
      site,
      seal: ({ webhookId }) => `sealed:${webhookId}`,
      challenge: { eventId: `msg_verification_${randomUUID()}`, payload: '{"type":"verification"}' },
      ...more,
    };
  };
  const ask = (more: Partial<NewSubscription> = {}) => store.subscribe(asking(more), ann);
  const challenged = async (more: Partial<NewSubscription> = {}): Promise<Challenged> => {
    const answer = await ask(more);
    if (answer.kind !== "challenged")
      throw new Error(`The agent of a test was not challenged: ${answer.kind}.`);
    return answer;
  };
  const claimChallenge = async ({ eventId }: Challenged): Promise<Claim> => {
    const found = (await claim()).find(({ event }) => event.id === eventId);
    if (!found) throw new Error("The challenge of a test is not due.");
    return found;
  };
  /** Subscribes, answering the challenge if there is one. */
  const subscribe = async (more: Partial<NewSubscription> = {}): Promise<Subscription> => {
    const answer = await ask(more);
    if (answer.kind === "subscribed") return answer.subscription;
    if (answer.kind !== "challenged") throw new Error(`The agent of a test was refused: ${answer.kind}.`);
    await store.recordAttempts([attempt(await claimChallenge(answer), 200, clock.now)]);
    const settled = await store.settleChallenge(answer, true, ann);
    if (!settled) throw new Error("The subscription of a test is gone.");
    return settled;
  };
  const publishSearch = async (data: object = {}, id: string = randomUUID()): Promise<string> => {
    const published = await store.publishEvents([newEvent(customer, { id, dataJson: JSON.stringify(data) })]);
    if (published.kind !== "accepted") throw new Error(`A test's event was refused: ${published.kind}.`);
    return id;
  };
  const seen = async ({ id }: { id: string }): Promise<Subscription> => {
    const found = await store.getSubscription(customer, id);
    if (!found) throw new Error("The subscription is not there.");
    return found;
  };
  const sent = async () => (await claim()).map(({ event }) => event.id);
  const told = async () =>
    (await store.listAuditLog(customer, { pageSize: 50 })).items.filter(({ action }) =>
      action.startsWith("agent."),
    );
  const maintain = async () => {
    while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
  };
  return {
    ...scene,
    ...{ agent, newKey, asking, ask, challenged, claimChallenge, subscribe, publishSearch },
    ...{ seen, sent, told, maintain },
  };
}
