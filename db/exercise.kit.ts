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
 * recovered, cancelled; a test. Answers the first customer.
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
  return customer;
}
