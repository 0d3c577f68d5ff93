import { afterEach, beforeEach, expect, test } from "vitest";
import { type Api, openApi } from "../api.fixture";
import { bearer, connectAiSdk, here, mcpUrl as url } from "./clients.fixture";

let api: Api;
let customer: { id: string; key: string };
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
});
afterEach(() => api.close());

const discover = {
  method: "POST",
  headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
  body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "server/discover", params: {} }),
};

test("without a key, with a wrong one and with a session's cookie it is 401, and says how to come in", async () => {
  const cookie = await api.signUp("ada@example.com");
  for (const headers of [{}, bearer("fk_wrong"), { cookie }] as Record<string, string>[]) {
    const answer = await here(url, { ...discover, headers: { ...discover.headers, ...headers } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe(
      'Bearer realm="Fanfare", ApiKey realm="Fanfare", header="X-API-KEY"',
    );
  }
});

test("wrong keys are limited as everywhere, and lock out nobody who has the right one", async () => {
  const network = { "x-fanfare-client": "10.200.0.1" };
  const ask = (key: string) =>
    here(url, { ...discover, headers: { ...discover.headers, ...network, ...bearer(key) } });
  const statuses: number[] = [];
  for (let asked = 0; asked < 101; asked += 1) statuses.push((await ask("fk_wrong")).status);
  expect(statuses.slice(0, 100)).toEqual(Array(100).fill(401));
  expect(statuses[100]).toBe(429);
  expect((await ask(customer.key)).status).not.toBe(429);
});

test("an agent that connects again and again with a mistyped key locks out no colleague on its address", async () => {
  const network = { "x-fanfare-client": "10.200.0.2" };
  const mistyped = () => connectAiSdk({ ...network, ...bearer("fk_mistyped") });
  for (let connected = 0; connected < 40; connected += 1) await expect(mistyped()).rejects.toThrow();
  await expect(mistyped()).rejects.toThrow("429");
  const client = await connectAiSdk({ ...network, ...bearer(customer.key) });
  expect((await client.listTools()).tools.length).toBeGreaterThan(0);
  await client.close();
});

test("an answer that nobody reads to its end holds nothing", async () => {
  const ask = {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name: "list_webhooks", arguments: {} },
  };
  for (let asked = 0; asked < 4; asked += 1) {
    const headers = { ...discover.headers, ...bearer(customer.key) };
    const answer = await here(url, { ...discover, headers, body: JSON.stringify(ask) });
    await answer.body?.cancel();
  }
  expect((await api.rest("GET", "/webhooks", { key: customer.key })).status).toBe(200);
});

test("a batch is refused", async () => {
  const headers = { ...discover.headers, ...bearer(customer.key) };
  const answer = await here(url, { ...discover, headers, body: ` [${discover.body}]` });
  expect(answer.status).toBe(400);
});

test.each([
  ["a key that is there twice", '{"jsonrpc":"2.0","id":1,"id":2,"method":"server/discover"}'],
  ["what lies too deep", `{"params":${"[".repeat(50_000)}${"]".repeat(50_000)}}`],
  ["no JSON", "{"],
])("%s is refused before anybody looks at it", async (_what, body) => {
  const headers = { ...discover.headers, ...bearer(customer.key) };
  const answer = await here(url, { ...discover, headers, body });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: "bad_input" });
});

test("pages of other sites are refused", async () => {
  const answer = await here(url, {
    ...discover,
    headers: { ...discover.headers, ...bearer(customer.key), origin: "https://elsewhere.example" },
  });
  expect(answer.status).toBe(403);
});

test("there is nothing to GET or DELETE, and a body that is too large is not read", async () => {
  for (const method of ["GET", "DELETE"]) {
    expect((await here(url, { method, headers: bearer(customer.key) })).status).toBe(405);
  }
  const large = await here(url, {
    ...discover,
    headers: { ...discover.headers, ...bearer(customer.key) },
    body: "x".repeat(256 * 1024 + 1),
  });
  expect(large.status).toBe(413);
});
