import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Api, type Asked, openApi, publicUrl, toRequest } from "../api.fixture";
import { handleTrpc } from "./handle";

let api: Api;
let cookie: string;
beforeAll(async () => {
  api = await openApi();
  cookie = await api.signUp("ada@example.com");
});
afterAll(() => api.close());

describe("a session changes things", () => {
  const create = (headers: Record<string, string>, extra: Asked = {}) => {
    const json = { webhook_url: "http://refused.example" };
    return handleTrpc(
      toRequest("POST", "/api/trpc/webhooks.create", {
        key: null,
        json,
        ...extra,
        headers: { cookie, ...headers },
      }),
    );
  };

  test("only from the dashboard's own pages", async () => {
    expect((await create({ origin: publicUrl })).status).toBe(400);
    expect((await create({})).status).toBe(403);
    for (const origin of ["https://evil.example", "null", `${publicUrl}.evil.example`]) {
      expect((await create({ origin })).status).toBe(403);
    }
  });

  test("only as JSON", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/octet-stream",
    ]) {
      expect((await create({ origin: publicUrl, "content-type": type })).status).toBe(415);
    }
  });

  test("never by a GET", async () => {
    const headers = { cookie, origin: publicUrl };
    const response = await handleTrpc(
      toRequest("GET", "/api/trpc/webhooks.create?input=%7B%7D", { key: null, headers }),
    );
    expect(response.status).toBe(405);
  });

  test("never when a wrong key is in the request", async () => {
    expect((await create({ origin: publicUrl }, { key: "fk_wrong" })).status).toBe(401);
  });
});
