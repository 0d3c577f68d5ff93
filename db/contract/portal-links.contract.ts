import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { hour, type Open } from "../contract.kit";
import { accessScene, someHash } from "./access.kit";

/** A link opens one session. */
export function portalLinks(open: Open): void {
  const { store, clock, newCustomer } = accessScene(open);

  test("a link opens one session, however often it is looked at before", async () => {
    const { id } = await newCustomer("nw-1");
    const hash = someHash();
    const sessionHash = someHash();
    const expiresAt = await store.createPortalLink({ customerId: "nw-1", hash, lastsMs: hour }, ann);
    expect(expiresAt).toBe(clock.now + hour);
    expect(await store.isPortalLinkOpen(hash)).toBe(true);
    expect(await store.isPortalLinkOpen(hash)).toBe(true);
    const session = await store.redeemPortalLink({ hash, sessionHash, lastsMs: 8 * hour });
    expect(session).toEqual({ customerId: id, expiresAt: clock.now + 8 * hour });
    expect(await store.findPortalSession(sessionHash)).toEqual(session);
    expect(await store.isPortalLinkOpen(hash)).toBe(false);
    expect(await store.redeemPortalLink({ hash, sessionHash: someHash(), lastsMs: hour })).toBeNull();
  });

  test("of two redeems at once, one opens a session", async () => {
    const { id } = await newCustomer();
    const hash = someHash();
    await store.createPortalLink({ customerId: id, hash, lastsMs: hour }, ann);
    const redeem = () => store.redeemPortalLink({ hash, sessionHash: someHash(), lastsMs: hour });
    const results = await Promise.all([redeem(), redeem()]);
    expect(results.filter((session) => session !== null)).toHaveLength(1);
  });

  test("a link that is over opens nothing", async () => {
    const { id } = await newCustomer();
    const hash = someHash();
    await store.createPortalLink({ customerId: id, hash, lastsMs: hour }, ann);
    clock.now += hour;
    expect(await store.isPortalLinkOpen(hash)).toBe(false);
    expect(await store.redeemPortalLink({ hash, sessionHash: someHash(), lastsMs: hour })).toBeNull();
  });

  test("a session ends by its time, and by hand", async () => {
    const { id } = await newCustomer();
    const newSession = async () => {
      const hash = someHash();
      await store.createPortalLink({ customerId: id, hash, lastsMs: hour }, ann);
      await store.redeemPortalLink({ hash, sessionHash: hash, lastsMs: 8 * hour });
      return hash;
    };
    const first = await newSession();
    clock.now += 8 * hour - 1;
    expect(await store.findPortalSession(first)).not.toBeNull();
    clock.now += 1;
    expect(await store.findPortalSession(first)).toBeNull();
    const session = await newSession();
    await store.endPortalSession(session);
    expect(await store.findPortalSession(session)).toBeNull();
  });
}
