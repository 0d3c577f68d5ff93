import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ann } from "@/db/actor.kit";
import { openAuth, publicUrl } from "./auth.fixture";
import { answerRedeem } from "./handle";
import { identify } from "./identify";
import { createPortalLink, isPortalLinkOpen, redeemPortalLink } from "./portal-link";

let fixture: Awaited<ReturnType<typeof openAuth>>;
let customerId: string;
const ada = { name: "Ada", email: "ada@example.com", password: "correct horse", company: "Elsewhere" };

beforeEach(async () => {
  fixture = await openAuth();
  customerId = randomUUID();
  await fixture.store.createCustomer({ id: customerId, name: "Northwind Bank", externalId: "nw-1" }, ann);
});
afterEach(() => fixture.store.close());

const newToken = async (lastsMs = 60_000) =>
  (await createPortalLink(fixture.auth, customerId, lastsMs, ann))?.path.split("/").at(-1) ?? "";

describe("a portal link", () => {
  test("is a path of this site that tells when it is over", async () => {
    const link = await createPortalLink(fixture.auth, "nw-1", 60_000, ann);
    expect(link?.path).toMatch(/^\/portal\/[\w-]{43}$/);
    expect(link?.expiresAt).toBeLessThanOrEqual(Date.now() + 60_000);
    expect(await createPortalLink(fixture.auth, "nobody", 60_000, ann)).toBeNull();
  });

  test("opens one session, with a cookie out of reach of scripts that lasts 8 hours", async () => {
    const token = await newToken();
    expect(await isPortalLinkOpen(fixture.auth, token)).toBe(true);
    const redeemed = await redeemPortalLink(fixture.auth, new Headers(), token);
    const cookie = redeemed?.cookies.at(-1) ?? "";
    expect(cookie).toMatch(/^__Secure-fanfare\.portal=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; /);
    expect(cookie).toMatch(/; Max-Age=28800; Secure$/);
    expect(await isPortalLinkOpen(fixture.auth, token)).toBe(false);
    expect(await redeemPortalLink(fixture.auth, new Headers(), token)).toBeNull();
  });

  test("keeps its cookie in the frames of sites that may show it, each apart", async () => {
    fixture.auth.env.portalFrameAncestors = ["https://app.example.com"];
    const redeemed = await redeemPortalLink(fixture.auth, new Headers(), await newToken());
    expect(redeemed?.cookies.at(-1)).toMatch(
      /; HttpOnly; SameSite=None; Max-Age=28800; Secure; Partitioned$/,
    );
  });

  test("of two redeems at once, one opens a session", async () => {
    const token = await newToken();
    const redeem = () => redeemPortalLink(fixture.auth, new Headers(), token);
    const results = await Promise.all([redeem(), redeem()]);
    expect(results.filter((result) => result !== null)).toHaveLength(1);
  });

  test("is over when its time is over", async () => {
    const token = await newToken(60_000);
    fixture.turnClock(60_000);
    expect(await isPortalLinkOpen(fixture.auth, token)).toBe(false);
    expect(await redeemPortalLink(fixture.auth, new Headers(), token)).toBeNull();
  });

  test.each(["platformApiKey", "authSecret"] as const)(
    "ends with the %s that it was made under, and so does its session",
    async (setting) => {
      const browser = fixture.browser();
      const token = await newToken();
      const redeemed = await redeemPortalLink(fixture.auth, new Headers(), await newToken());
      browser.keep(redeemed?.cookies ?? []);
      expect(await identify(fixture.auth, browser.headers())).toMatchObject({ isPortal: true });
      fixture.auth.env[setting] = "another one, of more than sixteen characters";
      expect(await isPortalLinkOpen(fixture.auth, token)).toBe(false);
      expect(await redeemPortalLink(fixture.auth, new Headers(), token)).toBeNull();
      expect(await identify(fixture.auth, browser.headers())).toBeNull();
    },
  );

  test("outlives the key that it was made under for as long as that is the previous one, as does its session", async () => {
    const browser = fixture.browser();
    const token = await newToken();
    const redeemed = await redeemPortalLink(fixture.auth, new Headers(), await newToken());
    browser.keep(redeemed?.cookies ?? []);
    fixture.auth.env.platformApiKeyPrevious = fixture.auth.env.platformApiKey;
    fixture.auth.env.platformApiKey = "another one, of more than sixteen characters";
    expect(await isPortalLinkOpen(fixture.auth, token)).toBe(true);
    expect(await identify(fixture.auth, browser.headers())).toMatchObject({ isPortal: true });
    expect(await redeemPortalLink(fixture.auth, new Headers(), token)).not.toBeNull();
    const later = fixture.browser();
    later.keep((await redeemPortalLink(fixture.auth, new Headers(), await newToken()))?.cookies ?? []);
    fixture.auth.env.platformApiKeyPrevious = null;
    expect(await identify(fixture.auth, browser.headers())).toBeNull();
    expect(await identify(fixture.auth, later.headers())).toMatchObject({ isPortal: true });
  });

  test("replaces the session of this browser, so that the right customer is seen", async () => {
    const browser = fixture.browser();
    await browser.post("/sign-up/email", ada);
    const redeemed = await redeemPortalLink(fixture.auth, browser.headers(), await newToken());
    browser.keep(redeemed?.cookies ?? []);
    const seen = await identify(fixture.auth, browser.headers());
    expect(seen).toMatchObject({ customerId, isPortal: true });
  });
});

describe("a portal session", () => {
  test.each(["/sign-out", "/revoke-sessions"])("ends by %s, in the browser and here", async (path) => {
    const browser = fixture.browser();
    browser.keep((await redeemPortalLink(fixture.auth, browser.headers(), await newToken()))?.cookies ?? []);
    const kept = browser.headers();
    await browser.post(path);
    expect(browser.headers().get("cookie")).toBeNull();
    expect(await identify(fixture.auth, kept)).toBeNull();
  });

  test("gives way to a sign-in", async () => {
    const browser = fixture.browser();
    browser.keep((await redeemPortalLink(fixture.auth, browser.headers(), await newToken()))?.cookies ?? []);
    await browser.post("/sign-up/email", ada);
    expect(await identify(fixture.auth, browser.headers())).toMatchObject({ isPortal: false });
  });
});

describe("the button of a portal link", () => {
  const press = (token: string, headers: Record<string, string> = {}) => {
    const request = new Request(`${publicUrl}/portal/${token}/redeem`, { method: "POST", headers });
    return answerRedeem(fixture.auth, request, token);
  };

  test("leads to the dashboard with a session", async () => {
    const response = await press(await newToken(), { origin: publicUrl, "sec-fetch-site": "same-origin" });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/dashboard");
    expect(response.headers.getSetCookie().at(-1)).toContain("fanfare.portal=");
  });

  test("leads to the page of this site that the link named, and to no other site", async () => {
    const opened = async (to: string) => {
      const token = await newToken();
      const url = `${publicUrl}/portal/${token}/redeem?to=${encodeURIComponent(to)}`;
      const request = new Request(url, { method: "POST", headers: { origin: publicUrl } });
      return (await answerRedeem(fixture.auth, request, token)).headers.get("location");
    };
    expect(await opened("/dashboard/events/an-id")).toBe("/dashboard/events/an-id");
    expect(await opened("//elsewhere.example")).toBe("/dashboard");
  });

  test("leads back to the page that says why not, when the link is over", async () => {
    const token = await newToken();
    await press(token);
    const response = await press(token);
    expect(response.headers.get("location")).toBe(`/portal/${token}`);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test("cannot be pressed by another site's page, and stays unused then", async () => {
    const token = await newToken();
    const response = await press(token, { origin: "https://evil.example" });
    expect(response.headers.get("location")).toBe(`/portal/${token}`);
    expect(await isPortalLinkOpen(fixture.auth, token)).toBe(true);
  });
});
