import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openAuth } from "./auth.fixture";

let fixture: Awaited<ReturnType<typeof openAuth>>;
const ada = { name: "Ada", email: "ada@example.com", password: "correct horse", company: "Northwind Bank" };
const wrong = { email: ada.email, password: "wrong horse" };

beforeEach(async () => {
  fixture = await openAuth();
  await fixture.browser().post("/sign-up/email", ada);
});
afterEach(() => fixture.store.close());

describe("signing in", () => {
  test("the right password opens a session, whatever the case of the address", async () => {
    const browser = fixture.browser();
    const { status } = await browser.post("/sign-in/email", { ...ada, email: " ADA@example.com " });
    expect(status).toBe(200);
    expect((await browser.get("/get-session")).body.user.email).toBe("ada@example.com");
  });

  test("the answer to a script never holds the session's token", async () => {
    const browser = fixture.browser();
    const { body } = await browser.post("/sign-in/email", ada);
    expect(body).toEqual({ user: { id: expect.any(String), name: "Ada", email: "ada@example.com" } });
  });

  test("a wrong password and an unknown address are answered alike", async () => {
    const browser = fixture.browser();
    const known = await browser.post("/sign-in/email", wrong);
    const unknown = await browser.post("/sign-in/email", { ...wrong, email: "nobody@example.com" });
    expect(known.status).toBe(401);
    expect({ status: unknown.status, body: unknown.body }).toEqual({ status: 401, body: known.body });
  });

  test("a person has 50 sessions: the next sign-in ends the oldest", async () => {
    const first = fixture.browser();
    const { body } = await first.post("/sign-in/email", ada);
    const { adapter, internalAdapter } = await (await fixture.auth.accounts()).$context;
    for (let made = 0; made < 48; made += 1) await internalAdapter.createSession(body.user.id);
    // With the one of the sign-up, these are 50.
    await fixture.browser().post("/sign-in/email", ada);
    expect((await first.get("/get-session")).body).not.toBeNull();
    await fixture.browser().post("/sign-in/email", ada);
    expect((await first.get("/get-session")).body).toBeNull();
    expect(await adapter.count({ model: "session" })).toBe(50);
  });

  test("signing out ends the session", async () => {
    const browser = fixture.browser();
    await browser.post("/sign-in/email", ada);
    const kept = browser.headers();
    expect((await browser.post("/sign-out")).status).toBe(200);
    expect((await browser.get("/get-session")).body).toBeNull();
    expect(await (await fixture.auth.accounts()).api.getSession({ headers: kept })).toBeNull();
  });

  test("signing out everywhere ends every session of the person", async () => {
    const laptop = fixture.browser();
    const phone = fixture.browser();
    await laptop.post("/sign-in/email", ada);
    await phone.post("/sign-in/email", ada);
    expect((await laptop.post("/revoke-sessions")).status).toBe(200);
    expect((await phone.get("/get-session")).body).toBeNull();
    expect((await fixture.browser().post("/revoke-sessions")).status).toBe(401);
  });
});

describe("guessing passwords", () => {
  test("is refused after ten wrong ones, also if the next is right, with the time to wait", async () => {
    const browser = fixture.browser();
    const guesses = await Promise.all(
      Array.from({ length: 10 }, () => browser.post("/sign-in/email", wrong)),
    );
    for (const { status } of guesses) expect(status).toBe(401);
    const refused = await browser.post("/sign-in/email", { ...ada, email: "ADA@example.com" });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("900");
    expect((await fixture.browser("192.0.2.7").post("/sign-in/email", ada)).status).toBe(200);
  });

  test("includes asking whether an address has an account", async () => {
    const browser = fixture.browser();
    const probe = () => browser.post("/sign-up/email", ada);
    for (let nth = 0; nth < 10; nth++) expect((await probe()).status).toBe(409);
    expect((await probe()).status).toBe(429);
  });
});

describe("the paths of /api/auth", () => {
  test("nothing else of better-auth is reachable", async () => {
    const browser = fixture.browser();
    await browser.post("/sign-in/email", ada);
    const others = [
      "/update-user",
      "/delete-user",
      "/request-password-reset",
      "/list-sessions",
      "/ok",
      "/toString",
    ];
    for (const path of others) {
      expect((await browser.post(path)).status).toBe(404);
      expect((await browser.get(path)).status).toBe(404);
    }
  });

  test("another method is told which one is right", async () => {
    const { status, headers } = await fixture.browser().get("/sign-in/email");
    expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "POST" });
  });

  test("pages of other sites cannot sign anybody in or out", async () => {
    const browser = fixture.browser();
    const foreigners: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "https://hooks.example:8443" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ];
    for (const foreign of foreigners) {
      expect((await browser.post("/sign-in/email", ada, foreign)).status).toBe(403);
    }
  });

  test("forms and broken JSON are refused", async () => {
    const browser = fixture.browser();
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect((await browser.post("/sign-in/email", ada, form)).status).toBe(415);
    expect((await browser.post("/sign-in/email", ada, { "content-type": "text/plain" })).status).toBe(415);
    expect((await browser.post("/sign-in/email", [])).status).toBe(400);
    expect((await browser.post("/sign-in/email", { email: {}, password: 1 })).status).toBe(400);
  });
});
