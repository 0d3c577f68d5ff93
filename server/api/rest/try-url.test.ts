import { afterEach, beforeEach, expect, test } from "vitest";
import { type End, turn } from "@/db/contract.kit";
import { type Api, openApi, rest } from "../api.fixture";

const other = "https://receiver.example/moved";

let api: Api;
let customer: { id: string; key: string };
let webhook: string;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key);
  await api.store.heartbeat({ id: "worker", pid: 1, host: "", startedAt: "", keyIds: [] });
});
afterEach(() => api.close());

const ask = (method: string, path: string, json?: unknown) =>
  rest(method, `/webhooks/${webhook}${path}`, { key: customer.key, json });
const urlNow = async () => ((await ask("GET", "")).body as { webhook_url: string }).webhook_url;

/** Lets the test that is waited for end, after something has happened meanwhile. */
async function tryOther(end: End, meanwhile: () => Promise<unknown> = async () => {}) {
  const answer = ask("POST", "/try-url", { webhook_url: other, event_type: "search_completed" });
  await Promise.race([answer, aTestWaits()]);
  await meanwhile();
  const [sent] = await turn(api, end);
  return { ...(await answer), sentTo: sent?.webhook.url };
}

test("a URL that takes the test becomes the webhook's, and a test of the webhook follows", async () => {
  const before = await urlNow();
  const { status, body, sentTo } = await tryOther(200);
  expect([status, body]).toMatchObject([
    200,
    {
      is_taken: true,
      previous_url: before,
      delivery: { status: "delivered", is_test: true, tried_url: other, diagnosis: null },
    },
  ]);
  expect([sentTo, await urlNow()]).toEqual([other, other]);
  const [confirmation] = await turn(api, 200);
  expect(confirmation).toMatchObject({ isTest: true, isTrial: false, webhook: { url: other } });
});

test("a URL that does not take it changes nothing, and is explained by what it answered", async () => {
  const before = await urlNow();
  const { body } = await tryOther(413);
  expect(body).toMatchObject({
    is_taken: false,
    delivery: { status: "failed", status_code: 413, diagnosis: { code: "body_too_large" } },
  });
  expect(await urlNow()).toBe(before);
  expect(await turn(api, 200)).toEqual([]);
  expect((await ask("GET", "/diagnosis")).body).toMatchObject({ diagnosis: null, failures_in_a_row: 0 });
});

test("a URL that somebody set meanwhile stays", async () => {
  const theirs = "https://receiver.example/theirs";
  const { status, body } = await tryOther(200, () => ask("PATCH", "", { webhook_url: theirs }));
  expect([status, body]).toMatchObject([409, { code: "url_changed" }]);
  expect(await urlNow()).toBe(theirs);
});

test("a URL that no webhook could have is refused, and nothing is sent", async () => {
  const { status, body } = await ask("POST", "/try-url", { webhook_url: "http://127.0.0.1/hook" });
  expect([status, body]).toMatchObject([400, { errors: [{ path: ["webhook_url"] }] }]);
  expect(await turn(api, 200)).toEqual([]);
});

test("what a tried URL answered explains no other delivery", async () => {
  await tryOther(200);
  expect((await ask("GET", "/diagnosis")).body).toMatchObject({ last_success_at: null });
});

async function aTestWaits(): Promise<void> {
  const isWaiting = async () => ((await ask("GET", "/events?status=pending")).body as unknown[]).length > 0;
  while (!(await isWaiting())) {
    await new Promise<void>((resolve) => {
      const stop = api.store.onChange(() => {
        stop();
        resolve();
      });
    });
  }
}
