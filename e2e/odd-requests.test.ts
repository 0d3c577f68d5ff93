import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, startApp } from "@/testing/app";
import { call, newCustomer } from "@/testing/client";

let app: App;
let key: string;
beforeAll(async () => {
  app = await startApp();
  key = (await newCustomer(app)).key;
});
afterAll(() => app?.remove());

/** Sends path, method and headers exactly as they are written here. */
async function ask(method: string, path: string, headers = {}, body?: string) {
  const outgoing = request(app.url, { method, path, headers: { "x-api-key": key, ...headers } });
  outgoing.end(body);
  const [incoming] = await once(outgoing, "response");
  let text = "";
  for await (const chunk of incoming) text += chunk;
  return { status: incoming.statusCode as number, headers: incoming.headers, text };
}

test.each([
  "/webhooks/%ff",
  "/webhooks/%E0%A4%A",
  "/webhooks/%00",
  "/webhooks//",
  "/webhooks/../events/x",
  "/webhooks/a/b/c/d",
  "/customers/%2e%2e%2f",
  "/events/%F0%9F%92%A9",
  "/invite/%E0%A4%A",
  "/dashboard/webhooks/%ff",
])("GET %s is not found or not allowed, and no fault", async (path) => {
  const { status } = await ask("GET", path);
  expect([307, 308, 400, 403, 404]).toContain(status);
});

test.each([
  "rsc",
  "next-router-state-tree",
  "next-router-prefetch",
  "next-action",
  "x-middleware-subrequest",
])("a call that carries Next's own header %s is answered like any other", async (header) => {
  const { status, text } = await ask("GET", "/webhooks", { [header]: "1" });
  expect([status, text]).toEqual([200, "[]"]);
});

test.each([
  ["GET", "/api/none"],
  ["GET", "/sign-in"],
  ["POST", "/api/none"],
  ["POST", "/dashboard"],
])("%s %s, which no route of the API answers, takes no body without a length", async (method, path) => {
  const { status } = await ask(method, path, { "transfer-encoding": "chunked" }, "words");
  expect(status).toBe(411);
  expect((await ask("GET", "/sign-in")).status).toBe(200);
});

test.each(["TRACE", "PROPFIND", "PUT", "DELETE"])("%s /webhooks says what it answers", async (method) => {
  const { status, headers } = await ask(method, "/webhooks");
  expect([status, headers.allow]).toEqual([405, "POST, GET, HEAD, OPTIONS"]);
});

test.each([
  ["not JSON", "{", 400],
  ["an array", "[]", 400],
  ["null", "null", 400],
  ["a number that would change", '{"webhook_url":1e999}', 400],
  ["a duplicate key", '{"webhook_url":"https://a.example","webhook_url":"https://b.example"}', 400],
  ["65 levels", `${'{"a":'.repeat(65)}1${"}".repeat(65)}`, 400],
])("a body that is %s is refused with a sentence", async (_, body, expected) => {
  const { status, text } = await ask("POST", "/webhooks", { "content-type": "application/json" }, body);
  expect(status).toBe(expected);
  expect(JSON.parse(text)).toMatchObject({ error: expect.any(String), code: expect.any(String) });
});

test("a body that is too large is refused before it is read", async () => {
  const outgoing = request(app.url, {
    method: "POST",
    path: "/webhooks",
    headers: { "x-api-key": key, "content-type": "application/json", "content-length": 50_000_000 },
  });
  outgoing.flushHeaders();
  const [incoming] = await once(outgoing, "response");
  expect(incoming.statusCode).toBe(413);
  outgoing.destroy();
});

test("a call that is not JSON is told so", async () => {
  expect((await ask("POST", "/webhooks", { "content-type": "text/plain" }, "{}")).status).toBe(415);
});

test("what the platform may do is refused to a customer, and told apart from what is not there", async () => {
  expect((await call(app, "POST", "/events", { key, body: {} })).status).toBe(403);
  expect((await call(app, "GET", "/webhooks/0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47", { key })).status).toBe(
    404,
  );
  expect((await call(app, "GET", "/webhooks")).status).toBe(401);
});
