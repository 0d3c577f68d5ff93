import { afterAll, beforeAll, expect, test } from "vitest";
import { type Api, type Asked, openApi, platformKey, publicUrl, toRequest } from "../api.fixture";
import { handleTried } from "./handle";

let api: Api;
let cookie: string;
beforeAll(async () => {
  api = await openApi();
  cookie = await api.signUp("ada@example.com");
});
afterAll(() => api.close());

const webhook = { webhook_url: "https://receiver.example/hook", events: ["search_completed"] };

/** Asks as a page of ours does, unless told otherwise. */
async function tryCall(method: string, path: string, asked: Asked = {}) {
  const headers: Record<string, string> = { cookie, origin: publicUrl, ...asked.headers };
  const request = toRequest(method, `/api/try${path}`, { key: null, ...asked, headers });
  const response = await handleTried(request);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

test("who is signed in makes the calls of REST, and is answered alike", async () => {
  const made = await tryCall("POST", "/webhooks", { json: webhook });
  expect(made).toMatchObject({ status: 201, body: webhook });
  expect(await tryCall("GET", `/webhooks/${made.body.id}`)).toMatchObject({ status: 200, body: made.body });
  expect((await tryCall("PATCH", `/webhooks/${made.body.id}`, { json: { nothing: 1 } })).body).toMatchObject({
    code: "bad_input",
    errors: [{ path: ["nothing"] }],
  });
  expect((await tryCall("DELETE", `/webhooks/${made.body.id}`)).status).toBe(204);
  expect((await tryCall("GET", "/nothing/like/it")).status).toBe(404);
  expect((await tryCall("GET", "/customers")).status).toBe(403);
});

test("the next page is the API's own", async () => {
  const made = await tryCall("POST", "/webhooks", { json: webhook });
  for (const _ of [1, 2])
    await tryCall("PATCH", `/webhooks/${made.body.id}`, { json: { description: `${_}` } });
  const { headers } = await tryCall("GET", "/audit?page_size=1");
  expect(headers.get("link")).toMatch(new RegExp(`^<${publicUrl}/audit\\?`));
});

test("nobody else's page may: to change something it must be known to be ours", async () => {
  for (const origin of ["https://evil.example", "null"]) {
    expect((await tryCall("POST", "/webhooks", { json: webhook, headers: { origin } })).status).toBe(403);
    expect((await tryCall("GET", "/webhooks", { headers: { origin } })).status).toBe(403);
  }
  const unsaid = toRequest("POST", "/api/try/webhooks", { key: null, json: webhook, headers: { cookie } });
  expect((await handleTried(unsaid)).status).toBe(403);
  const form = { body: "{}", headers: { "content-type": "text/plain" } };
  expect((await tryCall("POST", "/webhooks", form)).status).toBe(415);
});

test("it is for sessions: nobody is 401, and a key makes the call itself", async () => {
  expect((await tryCall("GET", "/webhooks", { headers: { cookie: "" } })).status).toBe(401);
  expect((await tryCall("GET", "/customers", { key: platformKey })).status).toBe(403);
});
