import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Api, openApi, rest } from "../api.fixture";

let api: Api;
let key: string;
beforeEach(async () => {
  api = await openApi();
  key = (await api.newCustomer()).key;
});
afterEach(() => api.close());

const url = "https://receiver.example/hook";
const create = (json: unknown) => rest<{ id: string }>("POST", "/webhooks", { key, json });
const read = (id: string) => rest("GET", `/webhooks/${id}`, { key });

describe("a new webhook", () => {
  test("is answered as the contract shows it", async () => {
    const { status, body } = await create({ webhook_url: url });
    expect(status).toBe(201);
    const now = new Date(api.clock.now).toISOString();
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      webhook_url: url,
      is_active: true,
      has_secret: false,
      client_certificate: null,
      status: "active",
      health: { state: "healthy", attempts: 0, failed: 0, since: null },
      warnings: [],
      last_delivery_at: null,
      last_delivery_status: null,
      events: [],
      conditions: null,
      description: null,
      headers: [],
      rate_limit: null,
      timeout_seconds: null,
      is_paused: false,
      paused_until: null,
      listener: null,
      created_at: now,
      updated_at: now,
      disabled_reason: null,
    });
    expect(await read(body.id)).toMatchObject({ status: 200, body });
  });

  test("is new each time, up to ten of them, also when asked for at once", async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => create({ webhook_url: url })));
    expect(made.map(({ status }) => status).sort()).toEqual([...Array(10).fill(201), 409, 409]);
    const list = await rest<{ id: string }[]>("GET", "/webhooks", { key });
    expect(new Set(list.body.map(({ id }) => id)).size).toBe(10);
  });

  test("never shows its secret", async () => {
    const secret = "a secret that nobody sees";
    const { body } = await create({ webhook_url: url, secret });
    expect(body).toMatchObject({ has_secret: true });
    expect(JSON.stringify([body, (await read(body.id)).body])).not.toContain(secret);
  });

  test("is refused with every bad field at once", async () => {
    const json = {
      webhook_url: "http://receiver.example",
      secret: null,
      is_active: "yes",
      events: ["nothing"],
    };
    const { status, body } = await create({ ...json, description: "x".repeat(501) });
    expect(status).toBe(400);
    const paths = [["webhook_url"], ["secret"], ["is_active"], ["events", 0], ["description"]];
    const errors = paths.map((path) => expect.objectContaining({ path, message: expect.any(String) }));
    expect(body).toEqual({ error: expect.any(String), code: "bad_input", errors });
  });

  test.each([
    ["too long", `https://receiver.example/${"x".repeat(2048)}`],
    ["plain HTTP", "http://receiver.example"],
    ["a user", "https://ada@receiver.example"],
    ["loopback", "https://127.0.0.1"],
    ["metadata", "https://169.254.169.254/latest"],
    ["one label", "https://intranet"],
    ["localhost", "https://app.localhost"],
    ["no URL", "receiver"],
  ])("is refused for a URL with %s", async (_, webhook_url) => {
    const { status, body } = await create({ webhook_url });
    expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ path: ["webhook_url"] }] } });
  });

  test.each([
    [" s3cret", /blank or a line break at its beginning or end/],
    ["s3cret\n", /blank or a line break at its beginning or end/],
    ["s3\ncret", /line break or an invisible character/],
    [`v1,whsec_${Buffer.alloc(24).toString("base64")}`, /begins with v1, which marks signatures/],
  ])("refuses the secret %j with what to do", async (secret, words) => {
    const expected = {
      status: 400,
      body: { errors: [{ path: ["secret"], message: expect.stringMatching(words) }] },
    };
    expect(await create({ webhook_url: url, secret })).toMatchObject(expected);
    const { body } = await create({ webhook_url: url });
    expect(await rest("PATCH", `/webhooks/${body.id}`, { key, json: { secret } })).toMatchObject(expected);
    expect(await rest("POST", `/webhooks/${body.id}/rotate-secret`, { key, json: { secret } })).toMatchObject(
      expected,
    );
  });

  test("takes a whsec_ secret only with base64 of 16 bytes or more", async () => {
    const secretOf = (bytes: number) => `whsec_${Buffer.alloc(bytes, 1).toString("base64")}`;
    expect((await create({ webhook_url: url, secret: secretOf(16) })).status).toBe(201);
    expect((await create({ webhook_url: url, secret: secretOf(15) })).status).toBe(400);
    expect(await create({ webhook_url: url, secret: "whsec_not base64 of sixteen bytes" })).toMatchObject({
      status: 400,
      body: {
        errors: [{ path: ["secret"], message: expect.stringMatching(/blank.* at character 10\. Remove/) }],
      },
    });
  });

  test("is refused with fields that nobody would look at, each by its path", async () => {
    const { body } = await create({ webhook_url: url });
    const json = { tags: ["a"], rate_limits: 5 };
    const refused = { status: 400, body: { errors: [{ path: ["tags"] }, { path: ["rate_limits"] }] } };
    expect(await create({ webhook_url: url, ...json })).toMatchObject(refused);
    const calls = [
      ["PATCH", ""],
      ["POST", "/pause"],
      ["POST", "/rotate-secret"],
    ] as const;
    for (const [method, path] of calls) {
      expect(await rest(method, `/webhooks/${body.id}${path}`, { key, json })).toMatchObject(refused);
    }
    expect((await rest("GET", "/webhooks", { key })).body).toHaveLength(1);
  });
});

describe("a change", () => {
  test("keeps what it leaves out", async () => {
    const events = ["search_completed"];
    const { body } = await create({ webhook_url: url, secret: "s3cret", events, description: "ours" });
    const changed = await rest("PATCH", `/webhooks/${body.id}`, { key, json: { is_active: false } });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ is_active: false, status: "disabled", has_secret: true, events });
    expect(changed.body).toMatchObject({ webhook_url: url, description: "ours" });
  });

  test("replaces the list of events, each once", async () => {
    const { body } = await create({ webhook_url: url, events: ["search_completed"] });
    const json = { events: ["alert_remediated", "flow_run_failed", "alert_remediated"] };
    const changed = await rest("PATCH", `/webhooks/${body.id}`, { key, json });
    expect(changed.body).toMatchObject({ events: ["alert_remediated", "flow_run_failed"] });
  });

  test("replaces a secret, removes it when empty, and refuses null", async () => {
    const { body } = await create({ webhook_url: url });
    const patch = async (secret: unknown) => rest("PATCH", `/webhooks/${body.id}`, { key, json: { secret } });
    expect(await patch("s3cret")).toMatchObject({ status: 200, body: { has_secret: true } });
    expect(await patch(null)).toMatchObject({ status: 400, body: { errors: [{ path: ["secret"] }] } });
    expect(await patch("")).toMatchObject({ status: 200, body: { has_secret: false } });
  });

  test("removes a description with null", async () => {
    const { body } = await create({ webhook_url: url, description: "ours" });
    const changed = await rest("PATCH", `/webhooks/${body.id}`, { key, json: { description: null } });
    expect(changed).toMatchObject({ status: 200, body: { description: null } });
  });
});

test("a list shows the newest webhook first", async () => {
  const first = await create({ webhook_url: url });
  const second = await create({ webhook_url: url });
  const list = await rest("GET", "/webhooks", { key });
  expect(list.body).toMatchObject([{ id: second.body.id }, { id: first.body.id }]);
});

test("a deleted webhook is gone", async () => {
  const { body } = await create({ webhook_url: url });
  expect(await rest("DELETE", `/webhooks/${body.id}`, { key })).toMatchObject({ status: 204, body: null });
  expect((await read(body.id)).status).toBe(404);
  expect((await rest("DELETE", `/webhooks/${body.id}`, { key })).status).toBe(404);
});

describe("rotating the secret", () => {
  const rotate = (id: string, json: unknown) => rest("POST", `/webhooks/${id}/rotate-secret`, { key, json });

  test("shows the new one when it was made here", async () => {
    const id = await api.newWebhook(key);
    const { status, body } = await rotate(id, {});
    expect(status).toBe(200);
    expect(body).toEqual({ secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) });
    expect(await read(id)).toMatchObject({ body: { has_secret: true } });
  });

  test("answers nothing when the customer brought it", async () => {
    const id = await api.newWebhook(key);
    expect(await rotate(id, { secret: "mine", overlap_seconds: 0 })).toMatchObject({
      status: 204,
      body: null,
    });
  });

  test.each([-1, 604_801, 1.5, "86400"])("refuses an overlap of %j", async (overlap_seconds) => {
    const id = await api.newWebhook(key);
    const answer = await rotate(id, { overlap_seconds });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: ["overlap_seconds"] }] } });
  });

  test("needs no body", async () => {
    const id = await api.newWebhook(key);
    expect((await rest("POST", `/webhooks/${id}/rotate-secret`, { key })).status).toBe(200);
  });
});
