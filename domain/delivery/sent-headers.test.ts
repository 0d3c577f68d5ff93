import { describe, expect, test } from "vitest";
import { agentHeaders, type Heading, sentHeaders, sentOf } from "./sent-headers";

const heading: Heading = {
  webhookId: "webhook",
  eventId: "event",
  customerId: "customer",
  eventType: "search_completed",
  number: 2,
  reason: "probe",
  sentBy: "1.2.3",
  signedAt: 1_800_000_000,
};
const headers = sentHeaders(heading);

test("headers are made as those of attempts that are remembered were", () => {
  expect(JSON.stringify(headers)).toBe(
    '{"Content-Type":"application/json","User-Agent":"Fanfare/1.2.3","X-Webhook-Id":"webhook","X-Event-Id":"event",' +
      '"X-Customer-Id":"customer","X-Event-Name":"SEARCH_COMPLETED","X-Target-Type":"NAME_SCREENING","X-Attempt":"2",' +
      '"X-Attempt-Reason":"probe","webhook-id":"event","webhook-timestamp":"1800000000"}',
  );
});

test.each([
  ["webhook.failing", "WEBHOOK_FAILING", "WEBHOOK"],
  ["delivery.failed", "DELIVERY_FAILED", "DELIVERY"],
])("the system event %s is named %s, about %s", (eventType, name, target) => {
  expect(sentHeaders({ ...heading, eventType })).toMatchObject({
    "X-Event-Name": name,
    "X-Target-Type": target,
  });
});

describe("what headers were made of", () => {
  test("is found in them", () => {
    expect(sentOf(headers, heading)).toEqual({ sentBy: "1.2.3", signedAt: 1_800_000_000, others: null });
  });

  test("is found before what else was sent", () => {
    expect(sentOf({ ...headers, "X-More": "1" }, heading)).toMatchObject({
      sentBy: "1.2.3",
      others: { "X-More": "1" },
    });
  });

  test.each<[string, Record<string, string>]>([
    ["none", {}],
    ["one more before them", { "X-More": "1", ...headers }],
    ["one less", Object.fromEntries(Object.entries(headers).slice(0, -1))],
    ["another order", Object.fromEntries(Object.entries(headers).reverse())],
    ["another value", { ...headers, "X-Attempt": "3" }],
    ["those that agents are sent", agentHeaders({ ...heading, subscriptionId: "sub_1" })],
    ["another product", { ...headers, "User-Agent": "Bugle!!/1.2.3" }],
    ["a time that is written otherwise", { ...headers, "webhook-timestamp": "1.8e9" }],
    ["a time that is none", { ...headers, "webhook-timestamp": "NaN" }],
  ])("is not, with %s", (_, others) => {
    expect(sentOf(others, heading)).toBeNull();
  });
});
