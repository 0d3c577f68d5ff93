import type { Client } from "@modelcontextprotocol/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { type Api, openApi, platformKey } from "../../api.fixture";
import { bearer, connect } from "../clients.fixture";

let api: Api;
let customer: { id: string; key: string };
let client: Client;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  client = await connect(bearer(customer.key));
});
afterEach(() => api.close());

const secretOf = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString("base64")}`;
const delivery = { mode: "webhook", url: "https://agent.example/hook", secret: secretOf(32) };
const wanted = { name: "cdd_state_changed", arguments: {}, delivery };

const subscribe = (params: object, as = client) =>
  as.request({ method: "events/subscribe", params: { ...wanted, ...params } }, z.looseObject({}));

test.each<[string, object, string, RegExp]>([
  [
    "a secret of 23 bytes",
    { delivery: { ...delivery, secret: secretOf(23) } },
    "delivery.secret",
    /This is 23/,
  ],
  [
    "a secret of 65 bytes",
    { delivery: { ...delivery, secret: secretOf(65) } },
    "delivery.secret",
    /This is 65/,
  ],
  [
    "a secret without its mark",
    { delivery: { ...delivery, secret: "x".repeat(44) } },
    "delivery.secret",
    /whsec_/,
  ],
  [
    "a secret in base64url",
    { delivery: { ...delivery, secret: secretOf(32).replace("B", "-") } },
    "delivery.secret",
    /base64url/,
  ],
  ["http", { delivery: { ...delivery, url: "http://agent.example/" } }, "delivery.url", /https/],
  [
    "a private address",
    { delivery: { ...delivery, url: "https://10.0.0.1/" } },
    "delivery.url",
    /10\.0\.0\.1/,
  ],
  ["no URL", { delivery: { mode: "webhook", secret: delivery.secret } }, "delivery.url", /required/],
  ["no mode", { delivery: { url: delivery.url } }, "delivery.mode", /required/],
  [
    "an argument that there is not",
    { arguments: { name: "Ada" } },
    "arguments.name",
    /cdd_state_changed has no such argument\. It has .*case_id, .*include\.$/,
  ],
  [
    "an argument by the name of a prototype",
    { arguments: JSON.parse('{"__proto__":{"search_id":"x"}}') },
    "arguments.__proto__",
    /no such argument/,
  ],
  ["an id that no store keeps", { arguments: { cdd_id: "\0" } }, "arguments.cdd_id", /without NUL/],
  ["half a character", { arguments: { cdd_id: ["C-1", "\ud800"] } }, "arguments.cdd_id.1", /well-formed/],
  ["too many ids", { arguments: { cdd_id: Array(21).fill("C-1") } }, "arguments.cdd_id", /at most 20/],
  ["a word that there is not", { arguments: { state: "odd" } }, "arguments.state", /inconclusive, complete/],
  [
    "one in a list",
    { arguments: { state: ["complete", "odd"] } },
    "arguments.state.1",
    /inconclusive, complete/,
  ],
  ["another level of detail", { arguments: { include: "all" } }, "arguments.include", /ids, full/],
  ["arguments that are a list", { arguments: [] }, "arguments", /object/],
  ["a cursor of somebody else's", { cursor: "abc" }, "cursor", /no cursor of ours/],
  ["an age below zero", { maxAgeMs: -1 }, "maxAgeMs", /at least 0/],
  ["a term in words", { ttlMs: "1h" }, "ttlMs", /number/],
])("%s is refused with its field and the reason", async (_what, params, field, reason) => {
  await expect(subscribe(params)).rejects.toMatchObject({
    code: -32602,
    data: { field, reason: expect.stringMatching(reason) },
  });
});

test("a secret that is refused is not repeated in the answer", async () => {
  const secret = secretOf(23);
  const refused = await subscribe({ delivery: { ...delivery, secret } }).catch((error) => error);
  expect(JSON.stringify([refused.message, refused.data])).not.toContain(secret.slice(6, 20));
});

test("an event that there is not is told with those that there are", async () => {
  await expect(subscribe({ name: "cdd_deleted" })).rejects.toMatchObject({
    code: -32011,
    message: expect.stringContaining("cdd_state_changed"),
    data: { kind: "event" },
  });
});

test.each(["push", "poll"])("a delivery by %s is not supported", async (mode) => {
  await expect(subscribe({ delivery: { mode } })).rejects.toMatchObject({
    code: -32014,
    data: { feature: "delivery.mode", value: mode },
  });
});

test("whoever is no customer's own key may list events, and has no subscriptions", async () => {
  const platform = await connect({ ...bearer(platformKey), "x-customer-id": customer.id });
  const { events } = await platform.request(
    { method: "events/list" },
    z.looseObject({ events: z.array(z.looseObject({})) }),
  );
  expect(events.length).toBeGreaterThan(0);
  await expect(subscribe({}, platform)).rejects.toMatchObject({ code: -32012 });
  const unsubscribing = platform.request(
    { method: "events/unsubscribe", params: { ...wanted, delivery: { url: delivery.url } } },
    z.looseObject({}),
  );
  await expect(unsubscribing).rejects.toMatchObject({ code: -32012 });
});
