import { expect, test } from "vitest";
import { standardSignature } from "../webhook/signature";
import { buildRequest } from "./outgoing-request";

type Attempt = Parameters<typeof buildRequest>[0];

const attempt = (headers: Attempt["webhook"]["headers"]): Attempt => ({
  number: 1,
  reason: "scheduled",
  signing: { leads: "current" },
  event: { id: "e1", type: "search_completed", payload: "{}" },
  webhook: {
    id: "w1",
    customerId: "c1",
    subscriptionId: null,
    url: "https://receiver.example/",
    secret: "k:secret",
    previousSecret: null,
    headers,
  },
});
const reveal = (sealed: string, owner: string) => `${sealed.slice(2)} of ${owner}`;
const build = (headers: Attempt["webhook"]["headers"]) => buildRequest(attempt(headers), reveal, "1.0.0", 0);

test("a webhook's own headers come last, in their order, and a secret one is opened for it", () => {
  const { outgoing } = build([
    { name: "X-Env", value: "live", isSecret: false },
    { name: "Authorization", value: "k:token", isSecret: true },
  ]);
  expect(Object.entries(outgoing.headers).slice(-3)).toEqual([
    ["webhook-signature", expect.stringMatching(/^v1,/)],
    ["X-Env", "live"],
    ["Authorization", "token of c1/w1"],
  ]);
});

test("what is remembered holds neither signatures nor what is secret", () => {
  const { outgoing, stored } = build([{ name: "Authorization", value: "k:token", isSecret: true }]);
  expect(stored.headers).toMatchObject({ "X-Event-Id": "e1", Authorization: "hidden" });
  expect(Object.keys(stored.headers).filter((name) => /signature/i.test(name))).toEqual([]);
  expect(JSON.stringify(stored)).not.toContain("token");
  expect(outgoing.headers).toMatchObject({ Authorization: "token of c1/w1" });
});

test("an agent is sent what MCP Events asks for, signed with each secret that counts, and nothing else of ours", () => {
  const ordinary = attempt([]);
  const { outgoing, stored } = buildRequest(
    {
      ...ordinary,
      webhook: { ...ordinary.webhook, subscriptionId: "sub_1", secret: "k:new", previousSecret: "k:old" },
    },
    (sealed) => sealed.slice(2),
    "1.0.0",
    1_800_000_000_999,
  );
  const remembered = {
    "Content-Type": "application/json",
    "User-Agent": "Fanfare/1.0.0",
    "X-MCP-Subscription-Id": "sub_1",
    "webhook-id": "e1",
    "webhook-timestamp": "1800000000",
  };
  expect(stored.headers).toEqual(remembered);
  const { "webhook-signature": signatures = "", ...others } = outgoing.headers;
  expect(others).toEqual(remembered);
  expect(signatures.split(" ")).toEqual(
    ["new", "old"].map((secret) =>
      standardSignature({ eventId: "e1", timestamp: 1_800_000_000 }, outgoing.body, secret),
    ),
  );
});
