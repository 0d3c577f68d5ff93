import { afterEach, beforeEach, expect, test } from "vitest";
import { type Api, openApi } from "../../api.fixture";

type Mark = { id: string; kind: string; name: string; by: string | null; webhook_id: string | null };

let api: Api;
let key: string;
let webhook: string;
beforeEach(async () => {
  api = await openApi();
  key = (await api.newCustomer()).key;
  webhook = await api.newWebhook(key);
});
afterEach(() => api.close());

const ask = (method: string, path: string, json?: object) =>
  api.rest<Mark & { errors: object[] }>(method, path, { key, json });
const list = async (query = "") => (await api.rest<Mark[]>("GET", `/marks${query}`, { key })).body;

test("a deploy is posted with one short call, and stands between the changes of the webhook", async () => {
  await ask("PATCH", `/webhooks/${webhook}`, { webhook_url: "https://example.com/new", description: "New" });
  api.clock.now += 60_000;
  expect(await ask("POST", "/marks")).toMatchObject({
    status: 201,
    body: { kind: "posted", name: "Deploy", url: null, webhook_id: null, by: null },
  });
  api.clock.now += 60_000;
  await ask("POST", `/webhooks/${webhook}/pause`);
  const told = (await list(`?webhook_id=${webhook}`)).map(({ kind, name }) => [kind, name]);
  expect(told).toEqual([
    ["edited", "Changed: URL, description"],
    ["posted", "Deploy"],
    ["paused", "Paused"],
  ]);
});

test("what was posted by mistake is taken away, and a change is not", async () => {
  await ask("PATCH", `/webhooks/${webhook}`, { is_active: false });
  const { body } = await ask("POST", "/marks", { name: "Wrong", webhook_id: webhook });
  expect((await ask("DELETE", `/marks/${body.id}`)).status).toBe(204);
  const [left] = await list();
  expect(left).toMatchObject({ kind: "switched_off", webhook_id: webhook });
  expect((await ask("DELETE", `/marks/${left?.id}`)).status).toBe(404);
});

test.each([
  [{ at: "2020-01-01T00:00:00Z" }, "at"],
  [{ url: "javascript:alert(1)" }, "url"],
  [{ name: "" }, "name"],
])("%j is refused", async (json, field) => {
  const { status, body } = await ask("POST", "/marks", json);
  expect([status, body.errors]).toMatchObject([400, [{ path: [field] }]]);
});
