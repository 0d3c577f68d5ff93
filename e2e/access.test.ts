import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, startApp } from "@/testing/app";
import { call, newCustomer } from "@/testing/client";

let app: App;
beforeAll(async () => {
  app = await startApp({ env: { TRUSTED_PROXIES: "127.0.0.1/32" } });
});
afterAll(() => app.remove());

const ada = { name: "Ada", email: "ada@example.com", password: "correct horse", company: "Northwind" };

/** `client` is who the trusted proxy in front says that it is. */
const post = (path: string, body: unknown, client: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/auth${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": client, ...headers },
    body: JSON.stringify(body),
  });

describe("the whole server", () => {
  test("opens the API to a person's session cookie, and closes it at sign-out", async () => {
    const signedUp = await post("/sign-up/email", ada, "192.0.2.1");
    expect(signedUp.status).toBe(200);
    const cookie = signedUp.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    const list = () => fetch(`${app.url}/api/trpc/webhooks.list`, { headers: { cookie } });
    expect((await list()).status).toBe(200);
    expect((await post("/sign-out", {}, "192.0.2.1", { cookie, origin: app.url })).status).toBe(200);
    expect((await list()).status).toBe(401);
  });

  test("refuses an eleventh guess from one network, and nobody elsewhere", async () => {
    const wrong = { ...ada, password: "wrong horse" };
    for (let nth = 0; nth < 10; nth++) {
      expect((await post("/sign-in/email", wrong, "192.0.2.66")).status).toBe(401);
    }
    const refused = await post("/sign-in/email", ada, "192.0.2.66");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: "too_many_requests" });
    expect((await post("/sign-in/email", ada, "192.0.2.7")).status).toBe(200);
  });

  test("refuses the 101st wrong key of a minute, and never a right one", async () => {
    const { key } = await newCustomer(app);
    const statuses = [];
    for (let nth = 0; nth < 110; nth++) {
      statuses.push((await call(app, "GET", "/webhooks", { key: `fk_${nth}` })).status);
    }
    expect(new Set(statuses.slice(0, 100))).toEqual(new Set([401]));
    expect(statuses).toContain(429);
    expect((await call(app, "GET", "/webhooks", { key })).status).toBe(200);
  });

  test("lets pages of other sites change nothing", async () => {
    const headers = { origin: "https://evil.example" };
    expect((await post("/sign-in/email", ada, "192.0.2.7", headers)).status).toBe(403);
  });
});
