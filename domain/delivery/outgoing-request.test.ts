import { expect, test } from "vitest";
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
