import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { hour, newWebhook, type Open } from "../contract.kit";
import { accessScene, someHash } from "./access.kit";

/** Who a customer is, and what ends with it. */
export function customers(open: Open): void {
  const { store, newCustomer, newApiKey, newOwner, newInvitation, newResetLink } = accessScene(open);

  test("a customer is found by its id and by its external id", async () => {
    const customer = await newCustomer("nw-1");
    expect(await store.findCustomer(customer.id)).toEqual(customer);
    expect(await store.findCustomer("nw-1")).toEqual(customer);
    expect(await store.findCustomer("nw-2")).toBeNull();
  });

  test("an external id belongs to one customer only", async () => {
    await newCustomer("nw-1");
    const second = { id: randomUUID(), name: "Other", externalId: "nw-1" };
    expect(await store.createCustomer(second, ann)).toBe("external_id_taken");
  });

  test("an external id must not be another customer's id", async () => {
    const { id } = await newCustomer();
    const second = { id: randomUUID(), name: "Other", externalId: id };
    expect(await store.createCustomer(second, ann)).toBe("external_id_taken");
  });

  test("one of two concurrent customers gets the external id", async () => {
    const create = () => store.createCustomer({ id: randomUUID(), name: "Twin", externalId: "twin" }, ann);
    const results = await Promise.all([create(), create()]);
    expect(results.filter((result) => result === "external_id_taken")).toHaveLength(1);
  });

  test("customers are listed in pages, newest first", async () => {
    const ids = [await newCustomer(), await newCustomer(), await newCustomer()].map(({ id }) => id);
    const first = await store.listCustomers({ pageSize: 2 });
    const rest = await store.listCustomers({ pageSize: 2, cursor: first.next ?? undefined });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids.reverse());
    expect([first.items.length, rest.next]).toEqual([2, null]);
  });

  test("the platform's own customer is invisible", async () => {
    await store.setSystemWebhook({ url: "https://platform.example/hooks", seal: () => null });
    expect((await store.listCustomers({ pageSize: 10 })).items).toEqual([]);
  });

  test("an ended customer is gone from every list, and its external id is free again", async () => {
    const { id } = await newCustomer("nw-1");
    expect(await store.deleteCustomer("nw-1", ann)).toBe(true);
    expect(await store.findCustomer(id)).toBeNull();
    expect((await store.listCustomers({ pageSize: 10 })).items).toEqual([]);
    expect(await store.deleteCustomer(id, ann)).toBe(false);
    expect((await newCustomer("nw-1")).id).not.toBe(id);
  });

  test("keys, members, links and sessions end with their customer", async () => {
    const { userId, customerId } = await newOwner();
    const keyHash = someHash();
    const linkHash = someHash();
    const sessionHash = someHash();
    await newApiKey(customerId, keyHash);
    const invitation = await newInvitation(userId);
    const resetLink = await newResetLink(userId, userId);
    await store.createPortalLink({ customerId, hash: sessionHash, lastsMs: hour }, ann);
    await store.redeemPortalLink({ hash: sessionHash, sessionHash, lastsMs: hour });
    await store.createPortalLink({ customerId, hash: linkHash, lastsMs: hour }, ann);

    await store.deleteCustomer(customerId, ann);

    expect(await store.findApiKey(keyHash)).toBeNull();
    expect(await store.listApiKeys(customerId)).toEqual([]);
    expect(await store.findMember(userId)).toBeNull();
    expect(await store.listMembers(customerId)).toEqual([]);
    expect(await store.findInvitation(invitation.hash)).toBeNull();
    expect(await store.isResetLinkOpen(resetLink)).toBe(false);
    expect(await store.isPortalLinkOpen(linkHash)).toBe(false);
    expect(await store.findPortalSession(sessionHash)).toBeNull();
  });

  test("webhooks end with their customer, and other customers keep theirs", async () => {
    const ended = await newCustomer();
    const other = await newCustomer();
    for (const customerId of [ended.id, other.id]) {
      await newWebhook(store, customerId);
    }
    await store.deleteCustomer(ended.id, ann);
    expect(await store.listWebhooks(ended.id)).toEqual([]);
    expect(await store.listWebhooks(other.id)).toHaveLength(1);
  });

  test("nothing can be added to a customer that has ended", async () => {
    const { userId: makerId, customerId: id } = await newOwner();
    await store.deleteCustomer(id, ann);
    expect(await newApiKey(id)).toBeNull();
    expect(await store.createPortalLink({ customerId: id, hash: someHash(), lastsMs: hour }, ann)).toBeNull();
    const invitation = { id: randomUUID(), makerId, role: "member" as const, hash: someHash() };
    expect(await store.createInvitation({ ...invitation, lastsMs: hour }, ann)).toBeNull();
  });
}
