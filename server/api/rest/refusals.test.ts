import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Api, type Asked, openApi, platformKey, publicUrl, rest } from "../api.fixture";
import { handleRest } from "./handle";

let api: Api;
let key: string;
beforeEach(async () => {
  api = await openApi();
  key = (await api.newCustomer()).key;
});
afterEach(() => api.close());

const kib = 1024;
const huge = (bytes: number) => JSON.stringify({ description: "x".repeat(bytes) });

async function refusal(method: string, path: string, asked: Asked = {}) {
  const { status, headers, body } = await rest<{ error: string; code: string }>(method, path, {
    key,
    ...asked,
  });
  expect(body).toEqual(expect.objectContaining({ error: expect.any(String), code: expect.any(String) }));
  expect(headers.get("content-type")).toBe("application/json");
  return { status, code: body.code, headers, body };
}

describe("refusals come in one order", () => {
  const everythingWrong = { headers: { "content-type": "text/plain" }, body: huge(300 * kib) };

  test("401 before all: no key, a wrong key, or a session's cookie alone", async () => {
    expect((await refusal("PUT", "/customers", { ...everythingWrong, key: null })).status).toBe(401);
    expect(
      (await refusal("PUT", "/webhooks/none/none", { ...everythingWrong, key: "fk_wrong" })).status,
    ).toBe(401);
    const cookie = await api.signUp("ada@example.com");
    expect((await refusal("GET", "/webhooks", { key: null, headers: { cookie } })).status).toBe(401);
  });

  test("403 before a wrong method and a bad body", async () => {
    expect((await refusal("POST", "/customers", everythingWrong)).status).toBe(403);
    expect((await refusal("PUT", "/customers", everythingWrong)).status).toBe(403);
  });

  test("405 and 404 before a bad body", async () => {
    expect((await refusal("PUT", "/webhooks", everythingWrong)).status).toBe(405);
    expect((await refusal("POST", "/webhooks/none/none", everythingWrong)).status).toBe(404);
  });

  test("413 before 415 before 400", async () => {
    expect((await refusal("POST", "/webhooks", everythingWrong)).status).toBe(413);
    const text = { headers: { "content-type": "text/plain" }, body: "{" };
    expect((await refusal("POST", "/webhooks", text)).status).toBe(415);
    expect((await refusal("POST", "/webhooks", { body: "{" })).status).toBe(400);
  });
});

describe("methods", () => {
  test("a wrong one is told the right ones", async () => {
    const { headers } = await refusal("PUT", "/webhooks/0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47");
    expect(headers.get("allow")).toBe("GET, HEAD, PATCH, DELETE, OPTIONS");
  });

  test("a path that both kinds of key may call answers either with 405", async () => {
    expect((await refusal("PUT", "/events")).status).toBe(405);
    expect((await refusal("PUT", "/events", { key: platformKey })).status).toBe(405);
  });

  test("OPTIONS names them", async () => {
    const { status, headers } = await rest("OPTIONS", "/webhooks", { key });
    expect([status, headers.get("allow")]).toEqual([204, "POST, GET, HEAD, OPTIONS"]);
  });

  test("HEAD answers like GET, without the body", async () => {
    const head = await handleRest(
      new Request(`${publicUrl}/webhooks`, { method: "HEAD", headers: { "x-api-key": key } }),
    );
    expect([head.status, await head.text(), head.headers.get("content-type")]).toEqual([
      200,
      "",
      "application/json",
    ]);
  });
});

describe("bodies", () => {
  const chunked = (text: string) => new Blob([text]).stream();

  test("over 256 KiB are refused, told or chunked, and just 256 KiB are not", async () => {
    const exact = huge(256 * kib - huge(0).length);
    expect((await refusal("POST", "/webhooks", { body: exact })).status).toBe(400);
    expect((await refusal("POST", "/webhooks", { body: `${exact} ` })).status).toBe(413);
    expect((await refusal("POST", "/webhooks", { body: chunked(`${exact} `) })).status).toBe(413);
  });

  test("a body that is told to be too large is not read", async () => {
    const headers = { "content-length": String(6 * kib * kib) };
    const body = new ReadableStream(
      { pull: () => Promise.reject(new Error("It was read.")) },
      { highWaterMark: 0 },
    );
    expect((await refusal("POST", "/webhooks", { headers, body })).status).toBe(413);
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/jsonp",
    "application/json; charset=latin1",
  ])("of type %s are refused", async (type) => {
    const asked = { headers: { "content-type": type }, body: "{}" };
    expect((await refusal("POST", "/webhooks", asked)).status).toBe(415);
  });

  test("that are packed are refused", async () => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    expect((await refusal("POST", "/webhooks", { headers, body: "{}" })).status).toBe(415);
  });

  test.each(["application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.api+json"])(
    "of type %s are read",
    async (type) => {
      const asked = { headers: { "content-type": type }, body: "{}" };
      expect((await refusal("POST", "/webhooks", asked)).status).toBe(400);
    },
  );

  test.each(["[]", "null", "1", '"text"', "", "{", '{"a":1,}', "{'a':1}", '{"webhook_url":1}{}', "\ufeff"])(
    "that are %j are bad input",
    async (body) => {
      expect((await refusal("POST", "/webhooks", { body })).status).toBe(400);
    },
  );

  test("that would not survive are told where", async () => {
    const body = '{"webhook_url":"https://receiver.example","more":{"n":12345678901234567890},"more":1}';
    const { status, body: told } = await refusal("POST", "/webhooks", { body });
    expect(status).toBe(400);
    expect(told).toMatchObject({
      errors: [
        { path: ["more", "n"], code: "inexact_number" },
        { path: ["more"], code: "duplicate_key" },
      ],
    });
  });

  test("that end too early are refused, and are no fault", async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error("The connection is lost.")) });
    expect(await refusal("POST", "/webhooks", { body })).toMatchObject({
      status: 400,
      code: "incomplete_body",
    });
  });

  test("that are too much at once have to wait, until others are answered", async () => {
    const budget = api.runtime.auth.bodies;
    const others = budget.open("platform", 64 * kib * kib);
    while (others.take(64 * kib));
    const busy = await refusal("POST", "/customers", { key: platformKey, body: '{"name":"Ada"}' });
    while (others.take(1));
    expect([busy.status, busy.code, busy.headers.get("retry-after")]).toEqual([503, "busy", "2"]);
    expect((await refusal("POST", "/webhooks", { body: "{}" })).status).toBe(400);
    others.release();
    for (let call = 0; call < 3; call += 1) {
      const body = JSON.stringify({ name: "x".repeat(255 * kib) });
      expect((await refusal("POST", "/customers", { key: platformKey, body })).status).toBe(400);
    }
    expect(others.take(64 * kib * kib)).toBe(true);
    others.release();
  });

  test("that are no UTF-8 are bad input", async () => {
    expect((await refusal("POST", "/webhooks", { body: new Uint8Array([0x7b, 0xff, 0x7d]) })).status).toBe(
      400,
    );
  });
});

describe("ids", () => {
  test.each([
    "none",
    "%00",
    "%E0%A4%A",
    "..%2f..",
    "0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47",
    "%F0%9F%92%A9",
    "a".repeat(5_000),
    "constructor",
  ])("%s is nothing that exists, and says so alike", async (id) => {
    const { status, body } = await refusal("GET", `/webhooks/${id}`);
    expect(status).toBe(404);
    expect(body).not.toHaveProperty("errors");
  });

  test("of another customer answer like unknown ones", async () => {
    const id = await api.newWebhook((await api.newCustomer()).key);
    const others = await refusal("GET", `/webhooks/${id}`);
    const unknown = await refusal("GET", "/webhooks/0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47");
    expect(others.body).toEqual(unknown.body);
  });

  test("are not taken from the body", async () => {
    const mine = await api.newWebhook(key);
    const json = { webhook_id: "0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47", description: "changed" };
    expect(await rest("PATCH", `/webhooks/${mine}`, { key, json })).toMatchObject({
      status: 200,
      body: { id: mine },
    });
  });
});

describe("queries", () => {
  test.each([
    "page_size=0",
    "page_size=201",
    "page_size=1e9",
    "page_size=abc",
    "page_size=1.5",
    "page_size=99999999999999999999999",
    "page_size=5&page_size=6",
    "page_size=%00",
    "cursor=abc",
    "cursor=-1",
    "cursor=1767225600000.1",
    "cursor=99999999999999999999999",
    "status=ended",
    "status=failed&status=pending",
    "event_type=nothing",
    "code_class=1",
    "status_code=4xx",
    "since=yesterday",
    "outcome=delivered",
  ])("%s is refused by name", async (query) => {
    const id = await api.newWebhook(key);
    const { status, body } = await refusal("GET", `/webhooks/${id}/events?${query}`);
    expect(status).toBe(400);
    const path = [query.slice(0, query.indexOf("="))];
    expect(body).toHaveProperty("errors", expect.arrayContaining([expect.objectContaining({ path })]));
  });

  test.each(["since=yesterday", "since=2026-02-30T00:00:00Z", "type=nothing", "page_size=0", "cursor=1"])(
    "%s is refused for events",
    async (query) => {
      expect((await refusal("GET", `/events?${query}`)).status).toBe(400);
    },
  );

  test("empty ones count as absent", async () => {
    const id = await api.newWebhook(key);
    const path = `/webhooks/${id}/events?status=&event_type=&page_size=50&cursor=`;
    expect(await rest("GET", path, { key })).toMatchObject({ status: 200, body: [] });
  });

  test("unknown ones are refused by their names, so that a slip of the pen does not answer everything", async () => {
    const id = await api.newWebhook(key);
    const path = `/webhooks/${id}/events?stauts=failed&page_size=50&stauts=`;
    expect(await rest("GET", path, { key })).toMatchObject({
      status: 400,
      body: {
        errors: [{ path: ["stauts"], message: expect.stringContaining("There are status, event_type") }],
      },
    });
    expect(await rest("GET", "/webhooks?active=true", { key })).toMatchObject({
      status: 400,
      body: { errors: [{ path: ["active"], message: "This call takes no parameters." }] },
    });
  });
});

describe("the platform's key", () => {
  test("speaks for the customer that it names, by either id", async () => {
    const json = { name: "Northwind", external_id: "org 42" };
    const { body } = await rest<{ id: string }>("POST", "/customers", { json });
    for (const named of [body.id, "org 42"]) {
      const headers = { "x-customer-id": named };
      expect(await rest("GET", "/webhooks", { headers })).toMatchObject({ status: 200, body: [] });
    }
  });

  test("is refused where it names none, and finds none where it names an unknown one", async () => {
    expect((await refusal("GET", "/webhooks", { key: platformKey })).status).toBe(403);
    const headers = { "x-customer-id": "nobody" };
    expect((await refusal("GET", "/webhooks", { key: platformKey, headers })).status).toBe(404);
  });
});

test("a fault of ours answers 500 with a request id and nothing internal", async () => {
  await api.close();
  const { status, headers, body } = await refusal("GET", "/webhooks");
  expect(status).toBe(500);
  const requestId = headers.get("x-request-id");
  expect(body).toEqual({
    error: `Something broke on our side. Please tell us the request id ${requestId}.`,
    code: "internal",
  });
  api = await openApi();
});

test("a customer's key makes as many requests a minute as RATE_LIMIT says, then waits", async () => {
  await api.close();
  api = await openApi({ rateLimit: 2 });
  const { id, key } = await api.newCustomer();
  const ask = () => rest("GET", "/event-types", { key });
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  api.clock.now += 15_000;
  const third = await ask();
  expect([third.status, third.headers.get("retry-after")]).toEqual([429, "45"]);
  const platform = await rest("GET", "/webhooks", { headers: { "x-customer-id": id } });
  expect(platform.status).toBe(200);
  api.clock.now += 45_000;
  expect((await ask()).status).toBe(200);
});
