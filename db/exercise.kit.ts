import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { seal } from "@/domain/webhook/seal";
import { ann } from "./actor.kit";
import {
  attempt,
  claim,
  day,
  minute,
  newCustomer,
  newWebhook,
  publish,
  scheduleMs,
  turn,
} from "./contract.kit";
import type { Claim, Store } from "./store";

const ring = [{ id: "k1", key: randomBytes(32) }];

/**
 * Uses a store in every way that an audit looks at. Two customers; deliveries that were delivered, retried, lost, held,
 * recovered, cancelled; a test; agents that are sent something and that are not. Answers the first customer.
 */
export async function exerciseStore(opened: { store: Store; clock: { now: number } }): Promise<string> {
  const { store, clock } = opened;
  const [customer, other] = [await newCustomer(store), await newCustomer(store)];
  const webhookId = await newWebhook(store, customer, { secret: seal(ring, "secret", "owner") });
  await newWebhook(store, other);
  await newWebhook(store, customer, { isActive: false });
  const deleted = await newWebhook(store, customer);
  clock.now += 1;
  await publish(store, customer, 3);
  await turn(opened, 200);
  await publish(store, customer, 5);
  await store.deleteWebhook(customer, deleted, ann);
  await turn(opened, 500);
  await store.createTest(
    {
      customerId: customer,
      webhookId,
      eventId: "test",
      type: "search_completed",
      dataJson: "{}",
    },
    ann,
  );
  await turn(opened, 200);
  await publish(store, customer, 2);
  const [lost] = await claim(store);
  clock.now += minute;
  if (!lost) throw new Error("Nothing was claimed.");
  const isLost = ({ event }: Claim) => event.id === lost.event.id;
  while (!(await turn(opened, "timeout")).some(isLost)); // what was held drains one at a time
  expect(await store.recordAttempts([attempt(lost, 200, clock.now)])).toEqual(["lease_lost"]);
  for (const delayMs of scheduleMs) {
    clock.now += 2 * delayMs;
    await turn(opened, 503);
  }
  await store.startRecovery(
    {
      id: "recovery",
      customerId: customer,
      webhookId,
      since: 0,
      until: null,
      include: ["failed", "missed"],
    },
    ann,
  );
  while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: 24 * 3_600_000 }));
  await store.heartbeat({ id: "worker", pid: 1, host: "", startedAt: "", keyIds: [] });
  clock.now += 10 * minute;
  await store.heartbeat({ id: "worker", pid: 1, host: "", startedAt: "", keyIds: [] });
  await publish(store, other, 4);
  await exerciseAgents(opened, customer);
  return customer;
}

/** Two agents subscribe, of which one asks for something else; what is sent to the other fails at first. */
async function exerciseAgents(
  opened: { store: Store; clock: { now: number } },
  customerId: string,
): Promise<void> {
  const { store } = opened;
  const key = { id: "agents", customerId, name: "Agents", prefix: "fk_agents", hash: "of agents" };
  await store.createApiKey({ ...key, access: "read", expiresAt: null }, ann);
  for (const id of ["sub_all", "sub_one"]) {
    const asked = await store.subscribe(
      {
        id,
        customerId,
        principalId: key.id,
        url: `https://agent.example/${id}`,
        name: "search_completed",
        arguments: {},
        detail: id === "sub_all" ? "full" : "ids",
        client: null,
        conditions:
          id === "sub_all" ? null : { search_completed: { op: "equals", path: "search_id", value: "one" } },
        termMs: day,
        site: "https://hooks.example",
        seal: () => seal(ring, "secret", "owner"),
        challenge: { eventId: `msg_verification_${id}`, payload: '{"type":"verification"}' },
      },
      ann,
    );
    if (asked.kind !== "challenged") throw new Error(`An agent was not asked: ${asked.kind}.`);
    await turn(opened, 200);
    await store.settleChallenge(asked, true, ann);
  }
  await publish(store, customerId, 3);
  await turn(opened, 503);
}
