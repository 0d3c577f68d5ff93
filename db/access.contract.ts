import { createHash, randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hour, newWebhook, type Open, type Opened } from "./contract.kit";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const someHash = () => sha256(randomUUID());

/** What every store must do about customers, keys, members, invitations and portal links. */
export function describeAccess(open: Open): void {
  let store: Opened["store"];
  let clock: Opened["clock"];
  beforeEach(async () => {
    ({ store, clock } = await open());
  });
  afterEach(() => store.close());

  const newCustomer = async (externalId: string | null = null) => {
    const customer = await store.createCustomer({ id: randomUUID(), name: "Northwind Bank", externalId });
    if (customer === "external_id_taken") throw new Error("The external id of a test is taken.");
    return customer;
  };
  const newApiKey = (customerId: string, hash = someHash()) =>
    store.createApiKey({ id: randomUUID(), customerId, name: "CI", prefix: "fk_abcdef", hash });
  const newOwner = async () => {
    const userId = randomUUID();
    const customerId = randomUUID();
    await store.foundCustomer({ id: customerId, name: "Northwind Bank", ownerId: userId });
    return { userId, customerId };
  };
  const newInvitation = async (customerId: string, role: "owner" | "member" | "viewer" = "member") => {
    const hash = someHash();
    const invitation = await store.createInvitation({
      id: randomUUID(),
      customerId,
      role,
      hash,
      lastsMs: hour,
    });
    return { hash, id: invitation?.id ?? "" };
  };
  const join = async (customerId: string, role: "owner" | "member" | "viewer" = "member") => {
    const userId = randomUUID();
    await store.acceptInvitation((await newInvitation(customerId, role)).hash, userId);
    return userId;
  };

  describe("customers", () => {
    test("a customer is found by its id and by its external id", async () => {
      const customer = await newCustomer("nw-1");
      expect(await store.findCustomer(customer.id)).toEqual(customer);
      expect(await store.findCustomer("nw-1")).toEqual(customer);
      expect(await store.findCustomer("nw-2")).toBeNull();
    });

    test("an external id belongs to one customer only", async () => {
      await newCustomer("nw-1");
      const second = { id: randomUUID(), name: "Other", externalId: "nw-1" };
      expect(await store.createCustomer(second)).toBe("external_id_taken");
    });

    test("an external id must not be another customer's id", async () => {
      const { id } = await newCustomer();
      const second = { id: randomUUID(), name: "Other", externalId: id };
      expect(await store.createCustomer(second)).toBe("external_id_taken");
    });

    test("one of two concurrent customers gets the external id", async () => {
      const create = () => store.createCustomer({ id: randomUUID(), name: "Twin", externalId: "twin" });
      const results = await Promise.all([create(), create()]);
      expect(results.filter((result) => result === "external_id_taken")).toHaveLength(1);
    });

    test("customers are listed newest first", async () => {
      const ids = [await newCustomer(), await newCustomer(), await newCustomer()].map(({ id }) => id);
      expect((await store.listCustomers()).map(({ id }) => id)).toEqual(ids.reverse());
    });

    test("the platform's own customer is invisible", async () => {
      await store.setSystemWebhook({ url: "https://platform.example/hooks", seal: () => null });
      expect(await store.listCustomers()).toEqual([]);
    });

    test("an ended customer is gone from every list, and its external id is free again", async () => {
      const { id } = await newCustomer("nw-1");
      expect(await store.deleteCustomer("nw-1")).toBe(true);
      expect(await store.findCustomer(id)).toBeNull();
      expect(await store.listCustomers()).toEqual([]);
      expect(await store.deleteCustomer(id)).toBe(false);
      expect((await newCustomer("nw-1")).id).not.toBe(id);
    });

    test("keys, members, links and sessions end with their customer", async () => {
      const { userId, customerId } = await newOwner();
      const keyHash = someHash();
      const linkHash = someHash();
      const sessionHash = someHash();
      await newApiKey(customerId, keyHash);
      const invitation = await newInvitation(customerId);
      await store.createPortalLink({ customerId, hash: sessionHash, lastsMs: hour });
      await store.redeemPortalLink({ hash: sessionHash, sessionHash, lastsMs: hour });
      await store.createPortalLink({ customerId, hash: linkHash, lastsMs: hour });

      await store.deleteCustomer(customerId);

      expect(await store.findApiKey(keyHash)).toBeNull();
      expect(await store.listApiKeys(customerId)).toEqual([]);
      expect(await store.findMember(userId)).toBeNull();
      expect(await store.listMembers(customerId)).toEqual([]);
      expect(await store.findInvitation(invitation.hash)).toBeNull();
      expect(await store.isPortalLinkOpen(linkHash)).toBe(false);
      expect(await store.findPortalSession(sessionHash)).toBeNull();
    });

    test("webhooks end with their customer, and other customers keep theirs", async () => {
      const ended = await newCustomer();
      const other = await newCustomer();
      for (const customerId of [ended.id, other.id]) {
        await newWebhook(store, customerId);
      }
      await store.deleteCustomer(ended.id);
      expect(await store.listWebhooks(ended.id)).toEqual([]);
      expect(await store.listWebhooks(other.id)).toHaveLength(1);
    });

    test("nothing can be added to a customer that has ended", async () => {
      const { id } = await newCustomer();
      await store.deleteCustomer(id);
      expect(await newApiKey(id)).toBeNull();
      expect(await store.createPortalLink({ customerId: id, hash: someHash(), lastsMs: hour })).toBeNull();
      const invitation = { id: randomUUID(), customerId: id, role: "member" as const, hash: someHash() };
      expect(await store.createInvitation({ ...invitation, lastsMs: hour })).toBeNull();
    });
  });

  describe("API keys", () => {
    test("a key is found by its hash, with its customer", async () => {
      const { id } = await newCustomer();
      const hash = someHash();
      const key = await newApiKey(id, hash);
      expect(key).toMatchObject({ customerId: id, name: "CI", prefix: "fk_abcdef" });
      expect(await store.findApiKey(hash)).toEqual(key);
      expect(await store.findApiKey(someHash())).toBeNull();
    });

    test("keys are listed newest first, only the customer's own", async () => {
      const { id } = await newCustomer();
      const other = await newCustomer();
      const keys = [await newApiKey(id), await newApiKey(id)];
      await newApiKey(other.id);
      expect(await store.listApiKeys(id)).toEqual(keys.reverse());
    });

    test("a revoked key is dead at once, and only its own customer revokes it", async () => {
      const { id } = await newCustomer();
      const other = await newCustomer();
      const hash = someHash();
      const keyId = (await newApiKey(id, hash))?.id ?? "";
      expect(await store.revokeApiKey(other.id, keyId)).toBe(false);
      expect(await store.findApiKey(hash)).not.toBeNull();
      expect(await store.revokeApiKey(id, keyId)).toBe(true);
      expect(await store.findApiKey(hash)).toBeNull();
      expect(await store.revokeApiKey(id, keyId)).toBe(false);
    });
  });

  describe("members", () => {
    test("whoever founds a customer owns it", async () => {
      const { userId, customerId } = await newOwner();
      expect(await store.findMember(userId)).toMatchObject({ userId, customerId, role: "owner" });
      expect((await store.findCustomer(customerId))?.name).toBe("Northwind Bank");
    });

    test("founding twice leaves one customer", async () => {
      const ownerId = randomUUID();
      const found = () => store.foundCustomer({ id: randomUUID(), name: "Twice", ownerId });
      const [first, second] = await Promise.all([found(), found()]);
      expect(second).toEqual(first);
      expect(await store.listCustomers()).toHaveLength(1);
    });

    test("a role can be changed, but only inside the member's own customer", async () => {
      const { customerId } = await newOwner();
      const other = await newOwner();
      const userId = await join(customerId, "viewer");
      const promoted = { userId, customerId, role: "owner" as const };
      expect(await store.setRole(promoted)).toMatchObject(promoted);
      expect(await store.findMember(userId)).toMatchObject(promoted);
      expect(await store.setRole({ ...promoted, customerId: other.customerId })).toBe("not_found");
      expect(await store.setRole({ ...promoted, userId: randomUUID() })).toBe("not_found");
    });

    test("the last owner stays an owner and stays", async () => {
      const { userId, customerId } = await newOwner();
      await join(customerId, "member");
      expect(await store.setRole({ userId, customerId, role: "viewer" })).toBe("last_owner");
      expect(await store.removeMember(customerId, userId)).toBe("last_owner");
      await join(customerId, "owner");
      expect(await store.setRole({ userId, customerId, role: "viewer" })).toMatchObject({ role: "viewer" });
      expect(await store.removeMember(customerId, userId)).toBe("removed");
    });

    test("two owners who leave at the same moment leave one behind", async () => {
      const { userId, customerId } = await newOwner();
      const second = await join(customerId, "owner");
      const results = await Promise.all([
        store.removeMember(customerId, userId),
        store.removeMember(customerId, second),
      ]);
      expect(results.sort()).toEqual(["last_owner", "removed"]);
    });

    test("a removed member belongs nowhere, and another customer cannot remove one", async () => {
      const { customerId } = await newOwner();
      const other = await newOwner();
      const userId = await join(customerId);
      expect(await store.removeMember(other.customerId, userId)).toBe("not_found");
      expect(await store.removeMember(customerId, userId)).toBe("removed");
      expect(await store.findMember(userId)).toBeNull();
    });

    test("members are listed oldest first", async () => {
      const { userId, customerId } = await newOwner();
      clock.now += 1;
      const second = await join(customerId);
      const listed = (await store.listMembers(customerId)).map((member) => member.userId);
      expect(listed).toEqual([userId, second]);
    });
  });

  describe("invitations", () => {
    test("an invitation makes one person a member with its role", async () => {
      const { customerId } = await newOwner();
      const { hash, id } = await newInvitation(customerId, "viewer");
      expect(await store.findInvitation(hash)).toMatchObject({ id, customerId, role: "viewer" });
      const userId = randomUUID();
      expect(await store.acceptInvitation(hash, userId)).toMatchObject({
        userId,
        customerId,
        role: "viewer",
      });
      expect(await store.findInvitation(hash)).toBeNull();
      expect(await store.acceptInvitation(hash, randomUUID())).toBeNull();
    });

    test("of two people who accept at once, one becomes a member", async () => {
      const { customerId } = await newOwner();
      const { hash } = await newInvitation(customerId);
      const accept = () => store.acceptInvitation(hash, randomUUID());
      const results = await Promise.all([accept(), accept()]);
      expect(results.filter((member) => member !== null)).toHaveLength(1);
      expect(await store.listMembers(customerId)).toHaveLength(2);
    });

    test("someone who belongs to a customer cannot accept, and does not use the invitation up", async () => {
      const { customerId } = await newOwner();
      const other = await newOwner();
      const { hash } = await newInvitation(customerId);
      expect(await store.acceptInvitation(hash, other.userId)).toBeNull();
      expect(await store.findMember(other.userId)).toMatchObject({ customerId: other.customerId });
      expect(await store.findInvitation(hash)).not.toBeNull();
    });

    test("an invitation that is over cannot be found, listed or accepted", async () => {
      const { customerId } = await newOwner();
      const { hash } = await newInvitation(customerId);
      clock.now += hour;
      expect(await store.findInvitation(hash)).toBeNull();
      expect(await store.listInvitations(customerId)).toEqual([]);
      expect(await store.acceptInvitation(hash, randomUUID())).toBeNull();
    });

    test("only the customer itself revokes an invitation", async () => {
      const { customerId } = await newOwner();
      const other = await newOwner();
      const { hash, id } = await newInvitation(customerId);
      expect(await store.revokeInvitation(other.customerId, id)).toBe(false);
      expect((await store.listInvitations(customerId)).map((invitation) => invitation.id)).toEqual([id]);
      expect(await store.revokeInvitation(customerId, id)).toBe(true);
      expect(await store.acceptInvitation(hash, randomUUID())).toBeNull();
    });
  });

  describe("portal links", () => {
    test("a link opens one session, however often it is looked at before", async () => {
      const { id } = await newCustomer("nw-1");
      const hash = someHash();
      const sessionHash = someHash();
      const expiresAt = await store.createPortalLink({ customerId: "nw-1", hash, lastsMs: hour });
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
      await store.createPortalLink({ customerId: id, hash, lastsMs: hour });
      const redeem = () => store.redeemPortalLink({ hash, sessionHash: someHash(), lastsMs: hour });
      const results = await Promise.all([redeem(), redeem()]);
      expect(results.filter((session) => session !== null)).toHaveLength(1);
    });

    test("a link that is over opens nothing", async () => {
      const { id } = await newCustomer();
      const hash = someHash();
      await store.createPortalLink({ customerId: id, hash, lastsMs: hour });
      clock.now += hour;
      expect(await store.isPortalLinkOpen(hash)).toBe(false);
      expect(await store.redeemPortalLink({ hash, sessionHash: someHash(), lastsMs: hour })).toBeNull();
    });

    test("a session ends by its time, and by hand", async () => {
      const { id } = await newCustomer();
      const newSession = async () => {
        const hash = someHash();
        await store.createPortalLink({ customerId: id, hash, lastsMs: hour });
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
  });
}
