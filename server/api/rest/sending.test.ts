import { afterEach, beforeEach, expect, test } from "vitest";
import { type Api, openApi, rest } from "../api.fixture";

let api: Api;
let key: string;
beforeEach(async () => {
  api = await openApi();
  key = (await api.newCustomer()).key;
});
afterEach(() => api.close());

type Webhook = { id: string; headers: unknown; rate_limit: number | null; timeout_seconds: number | null };
type Refused = { errors: { path: (string | number)[] }[] };

const webhook_url = "https://receiver.example/hook";
const authorization = { name: "Authorization", value: "Bearer nobody sees this", is_secret: true };
const shown = { ...authorization, value: null };
const env = { name: "X-Env", value: "live", is_secret: false };
const create = (json: object) => rest<Webhook>("POST", "/webhooks", { key, json: { webhook_url, ...json } });
const change = (id: string, json: object) => rest<Webhook>("PATCH", `/webhooks/${id}`, { key, json });
const pathsOf = ({ body }: { body: unknown }) => (body as Refused).errors.map(({ path }) => path.join("."));

test("headers, rate and timeout are taken and shown, but for what is secret", async () => {
  const json = { headers: [authorization, env], rate_limit: 0.5, timeout_seconds: 1 };
  const { status, body } = await create(json);
  expect(status).toBe(201);
  expect(body).toMatchObject({ ...json, headers: [shown, env] });
  const list = await rest("GET", "/webhooks", { key });
  expect(list.body).toMatchObject([{ headers: [shown, env] }]);
  expect(JSON.stringify([body, list.body])).not.toContain("nobody sees this");
});

test("what is not named is kept, and null takes limits away", async () => {
  const { body } = await create({ headers: [env], rate_limit: 3, timeout_seconds: 1 });
  expect((await change(body.id, { description: "CRM" })).body).toMatchObject({
    headers: [env],
    rate_limit: 3,
    timeout_seconds: 1,
  });
  const none = { headers: [], rate_limit: null, timeout_seconds: null };
  expect((await change(body.id, none)).body).toMatchObject(none);
});

test("a secret header is kept by its name alone, and its value is asked for where there is none", async () => {
  const { body } = await create({ headers: [authorization] });
  const kept = await change(body.id, { headers: [{ name: "authorization", is_secret: true }, env] });
  expect(kept.body).toMatchObject({
    headers: [{ name: "authorization", value: null, is_secret: true }, env],
  });
  const other = [{ name: "X-Key", is_secret: true }, shown];
  const refused = await change(body.id, { headers: other });
  expect([refused.status, pathsOf(refused)]).toEqual([400, ["headers.0.value"]]);
  expect(pathsOf(await create({ headers: [shown] }))).toEqual(["headers.0.value"]);
});

test("secret values go to no other origin, by an edit or a try", async () => {
  const { body } = await create({ headers: [authorization] });
  const elsewhere = { webhook_url: "https://other.example/hook" };
  expect(pathsOf(await change(body.id, elsewhere))).toEqual(["headers"]);
  expect(pathsOf(await change(body.id, { ...elsewhere, headers: [shown] }))).toEqual(["headers.0.value"]);
  const tried = await rest("POST", `/webhooks/${body.id}/try-url`, { key, json: elsewhere });
  expect([tried.status, pathsOf(tried)]).toEqual([400, ["webhook_url"]]);
  expect((await change(body.id, { ...elsewhere, headers: [authorization] })).body).toMatchObject(elsewhere);
});

test("each bad field is named with its path", async () => {
  const refused = await create({
    headers: [{ name: "Host", value: "a" }, { name: "X-Env" }, env, { ...env, name: "x-env", more: 1 }],
    rate_limit: 0.01,
    timeout_seconds: 61,
  });
  expect(refused.status).toBe(400);
  expect(pathsOf(refused)).toEqual(
    expect.arrayContaining(["headers.3.more", "rate_limit", "timeout_seconds"]),
  );
  const names = await create({ headers: [{ name: "Host", value: "a" }, { name: "X-Env" }, env] });
  expect(pathsOf(names)).toEqual(["headers.0.name", "headers.2.name", "headers.1.value"]);
});

test("a timeout is of whole seconds, and no longer than the service's", async () => {
  for (const timeout_seconds of [0, 1.5, 2, "1"])
    expect(pathsOf(await create({ timeout_seconds }))).toEqual(["timeout_seconds"]);
});
