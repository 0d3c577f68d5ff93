import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ann } from "@/db/actor.kit";
import { openAuth, platformApiKey } from "./auth.fixture";
import { identify } from "./identify";
import { newApiKey } from "./keys";
import { createPortalLink, redeemPortalLink } from "./portal-link";

let fixture: Awaited<ReturnType<typeof openAuth>>;
beforeEach(async () => {
  fixture = await openAuth();
});
afterEach(() => fixture.store.close());

const ask = (headers: Record<string, string>) =>
  identify(fixture.auth, new Headers({ "x-fanfare-client": "192.0.2.1", ...headers }));

async function newCustomerKey(expiresAt: number | null = null) {
  const customerId = randomUUID();
  await fixture.store.createCustomer({ id: customerId, name: "Northwind Bank", externalId: null }, ann);
  const { key, prefix, hash } = newApiKey();
  const keyId = randomUUID();
  const made = { id: keyId, customerId, name: null, prefix, hash, access: "full", expiresAt } as const;
  await fixture.store.createApiKey(made, ann);
  return { customerId, keyId, key };
}

const ada = { name: "Ada", email: "ada@example.com", password: "correct horse", company: "Northwind Bank" };

describe("keys", () => {
  test("the platform's key is the platform", async () => {
    expect(await ask({ "x-api-key": platformApiKey })).toEqual({ kind: "platform", operator: null });
  });

  test("the previous key is the platform as well, and its uses are counted", async () => {
    fixture.auth.env.platformApiKeyPrevious = "fp_the-one-of-before";
    const isPlatform = { kind: "platform", operator: null };
    expect(await ask({ "x-api-key": platformApiKey })).toEqual(isPlatform);
    expect(fixture.auth.previousKeyUses).toBe(0);
    expect(await ask({ "x-api-key": "fp_the-one-of-before" })).toEqual(isPlatform);
    expect(fixture.auth.previousKeyUses).toBe(1);
    fixture.auth.env.platformApiKeyPrevious = null;
    expect(await ask({ "x-api-key": "fp_the-one-of-before" })).toEqual({ kind: "wrong_key" });
  });

  test("a customer's key is the customer, until it is revoked", async () => {
    const { customerId, keyId, key } = await newCustomerKey();
    expect(await ask({ "x-api-key": key })).toEqual({
      kind: "key",
      customerId,
      keyId,
      name: key.slice(0, 9),
      access: "full",
    });
    await fixture.store.revokeApiKey(customerId, keyId, ann);
    expect(await ask({ "x-api-key": key })).toEqual({ kind: "wrong_key" });
  });

  test("a key that came to its end is told so, and is no guess", async () => {
    const end = Date.now() + 60_000;
    const { key } = await newCustomerKey(end);
    expect(await ask({ "x-api-key": key })).toMatchObject({ kind: "key" });
    fixture.auth.clock = () => end;
    for (let call = 0; call < 101; call += 1) {
      expect(await ask({ "x-api-key": key })).toEqual({ kind: "expired_key", expiresAt: end });
    }
  });

  test("a platform key set by hand may be any text, also one that looks like a customer's", async () => {
    fixture.auth.env.platformApiKey = "fk_clé-de-la-plateforme";
    const asHttpHandsItOver = Buffer.from("fk_clé-de-la-plateforme").toString("latin1");
    expect(await ask({ "x-api-key": asHttpHandsItOver })).toEqual({ kind: "platform", operator: null });
  });

  test.each(["", "fk_", "fp_", `${platformApiKey}x`, platformApiKey.slice(1), "clé"])(
    "%j is a wrong key",
    async (key) => {
      expect(await ask({ "x-api-key": key })).toEqual({ kind: "wrong_key" });
    },
  );

  test("wrong keys are limited per network, and right ones never", async () => {
    const { key } = await newCustomerKey();
    for (let guess = 0; guess < 100; guess++) {
      expect(await ask({ "x-api-key": `fk_${guess}` })).toEqual({ kind: "wrong_key" });
    }
    const refused = { kind: "too_many_guesses", retryAfterSeconds: 60 };
    expect(await ask({ "x-api-key": "fk_101" })).toEqual(refused);
    expect(await ask({ "x-api-key": key })).toMatchObject({ kind: "key" });
    expect(await ask({ "x-api-key": platformApiKey })).toEqual({ kind: "platform", operator: null });
    const elsewhere = { "x-api-key": "fk_101", "x-fanfare-client": "192.0.2.2" };
    expect(await ask(elsewhere)).toEqual({ kind: "wrong_key" });
    fixture.turnClock(60_000);
    expect(await ask({ "x-api-key": "fk_101" })).toEqual({ kind: "wrong_key" });
  });
});

describe("sessions", () => {
  test("nobody is signed in without a cookie, or with a made-up one", async () => {
    expect(await ask({})).toBeNull();
    const cookie = "__Secure-fanfare.session_token=abc.def; __Secure-fanfare.portal=ghi";
    expect(await ask({ cookie })).toBeNull();
  });

  test("a signed-in person is a member with the role of the moment", async () => {
    const browser = fixture.browser();
    const { body } = await browser.post("/sign-up/email", ada);
    const userId = body.user.id;
    const principal = await identify(fixture.auth, browser.headers());
    expect(principal).toMatchObject({ kind: "member", userId, role: "owner", isPortal: false });
  });

  test("a person without a customer is nobody", async () => {
    const browser = fixture.browser();
    const { body } = await browser.post("/sign-up/email", ada);
    const customerId = (await fixture.store.findMember(body.user.id))?.customerId ?? "";
    await fixture.store.deleteCustomer(customerId, ann);
    expect(await identify(fixture.auth, browser.headers())).toBeNull();
  });

  test("a portal session is a member without a person", async () => {
    const { customerId } = await newCustomerKey();
    const browser = fixture.browser();
    const link = await createPortalLink(fixture.auth, customerId, 60_000, ann);
    const token = link?.path.split("/").at(-1) ?? "";
    browser.keep((await redeemPortalLink(fixture.auth, browser.headers(), token))?.cookies ?? []);
    const nobody = { userId: null, name: null, email: null };
    const principal = { kind: "member", customerId, role: "member", ...nobody, isPortal: true };
    expect(await identify(fixture.auth, browser.headers())).toEqual(principal);
    fixture.turnClock(8 * 60 * 60 * 1000);
    expect(await identify(fixture.auth, browser.headers())).toBeNull();
  });

  test("a key in the request beats the cookie, also a wrong key", async () => {
    const browser = fixture.browser();
    await browser.post("/sign-up/email", ada);
    const headers = browser.headers();
    headers.set("x-api-key", platformApiKey);
    expect(await identify(fixture.auth, headers)).toEqual({ kind: "platform", operator: null });
    headers.set("x-api-key", "fk_wrong");
    expect(await identify(fixture.auth, headers)).toEqual({ kind: "wrong_key" });
  });
});
