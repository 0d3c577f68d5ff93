import { afterEach, beforeEach, expect, test } from "vitest";
import { asOperator } from "@/domain/as-operator";
import { openAuth, platformApiKey } from "./auth.fixture";
import { identify } from "./identify";

let fixture: Awaited<ReturnType<typeof openAuth>>;
beforeEach(async () => {
  fixture = await openAuth();
});
afterEach(() => fixture.store.close());

type Browser = ReturnType<typeof fixture.browser>;
const signIn = (browser: Browser, fields: object = {}) =>
  browser.post("/platform/sign-in", { key: platformApiKey, name: "Ada", ...fields });
const seenAs = (browser: Browser, more: Record<string, string> = asOperator) =>
  identify(fixture.auth, new Headers([...browser.headers(), ...Object.entries(more)]));

test("the platform's key opens a session under a name, with a cookie out of reach of scripts for 8 hours", async () => {
  const browser = fixture.browser();
  const { status, headers, body } = await signIn(browser);
  expect({ status, body }).toEqual({ status: 200, body: { operator: "Ada" } });
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(
      /^__Secure-fanfare\.platform=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=28800; Secure$/,
    ),
  ]);
  expect(await seenAs(browser)).toEqual({ kind: "platform", operator: "Ada" });
  fixture.turnClock(8 * 3_600_000);
  expect(await seenAs(browser)).toBeNull();
});

test("only a request that asks for it is the operator's, so that the same browser shows a customer's dashboard", async () => {
  const browser = fixture.browser();
  const ada = { name: "Ada", email: "ada@example.com", password: "correct horse", company: "Northwind" };
  await browser.post("/sign-up/email", ada);
  expect(await seenAs(browser)).toBeNull();
  await signIn(browser);
  expect(await seenAs(browser, {})).toMatchObject({ kind: "member" });
  expect(await seenAs(browser)).toMatchObject({ kind: "platform" });
});

test("it ends by signing out, in the browser and here", async () => {
  const browser = fixture.browser();
  await signIn(browser);
  const kept = new Headers([...browser.headers(), ...Object.entries(asOperator)]);
  await browser.post("/platform/sign-out");
  expect(browser.headers().get("cookie")).toBeNull();
  expect(await identify(fixture.auth, kept)).toBeNull();
});

test("it ends with the key that opened it, once that is not even the previous one", async () => {
  const browser = fixture.browser();
  await signIn(browser);
  fixture.auth.env.platformApiKeyPrevious = platformApiKey;
  fixture.auth.env.platformApiKey = "fp_the-one-that-follows-it";
  expect(await seenAs(browser)).toMatchObject({ operator: "Ada" });
  expect((await signIn(fixture.browser())).status).toBe(200);
  fixture.auth.env.platformApiKeyPrevious = null;
  expect(await seenAs(browser)).toBeNull();
  expect((await signIn(fixture.browser())).status).toBe(401);
});

test("a key and a name are needed, and a customer's key is a wrong one", async () => {
  const refused = await signIn(fixture.browser(), { key: "", name: " " });
  expect(refused.body.errors.map(({ path }: { path: string[] }) => path[0])).toEqual(["key", "name"]);
  const wrong = await signIn(fixture.browser(), { key: "fk_a-key-of-a-customer" });
  expect(wrong).toMatchObject({ status: 401, body: { error: "This is not the platform's key." } });
});

test("wrong keys are limited together with those in headers, and the right one never", async () => {
  const browser = fixture.browser();
  for (let nth = 0; nth < 50; nth++) {
    expect((await signIn(browser, { key: `fp_${nth}` })).status).toBe(401);
    expect(await seenAs(browser, { "x-api-key": `fp_${nth}` })).toEqual({ kind: "wrong_key" });
  }
  const { status, headers } = await signIn(browser, { key: "fp_51" });
  expect([status, headers.get("retry-after")]).toEqual([429, "60"]);
  expect((await signIn(browser)).status).toBe(200);
  expect((await signIn(fixture.browser("192.0.2.2"), { key: "fp_52" })).status).toBe(401);
});

test("another site's page cannot sign anybody in", async () => {
  const { status } = await fixture
    .browser()
    .post("/platform/sign-in", { key: platformApiKey, name: "Ada" }, { origin: "https://elsewhere.example" });
  expect(status).toBe(403);
});
