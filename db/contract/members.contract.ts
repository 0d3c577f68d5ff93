import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import type { Open } from "../contract.kit";
import { accessScene } from "./access.kit";

/** A customer always keeps an owner. */
export function members(open: Open): void {
  const { store, clock, newOwner, newInvitation, newResetLink, join } = accessScene(open);

  test("whoever founds a customer owns it", async () => {
    const { userId, customerId } = await newOwner();
    expect(await store.findMember(userId)).toMatchObject({ userId, customerId, role: "owner" });
    expect((await store.findCustomer(customerId))?.name).toBe("Northwind Bank");
  });

  test("founding twice leaves one customer", async () => {
    const ownerId = randomUUID();
    const found = () => store.createCustomerWithOwner({ id: randomUUID(), name: "Twice", ownerId }, ann);
    const [first, second] = await Promise.all([found(), found()]);
    expect(second).toEqual(first);
    expect((await store.listCustomers({ pageSize: 10 })).items).toHaveLength(1);
  });

  test("a role can be changed, but only inside the member's own customer", async () => {
    const { userId: owner, customerId } = await newOwner();
    const other = await newOwner();
    const userId = await join(owner, "viewer");
    const promoted = { userId, customerId, role: "owner" as const };
    expect(await store.setRole(promoted, ann)).toMatchObject(promoted);
    expect(await store.findMember(userId)).toMatchObject(promoted);
    expect(await store.setRole({ ...promoted, customerId: other.customerId }, ann)).toBe("not_found");
    expect(await store.setRole({ ...promoted, userId: randomUUID() }, ann)).toBe("not_found");
  });

  test("the last owner stays an owner and stays", async () => {
    const { userId, customerId } = await newOwner();
    await join(userId, "member");
    expect(await store.setRole({ userId, customerId, role: "viewer" }, ann)).toBe("last_owner");
    expect(await store.removeMember(customerId, userId, ann)).toBe("last_owner");
    await join(userId, "owner");
    expect(await store.setRole({ userId, customerId, role: "viewer" }, ann)).toMatchObject({
      role: "viewer",
    });
    expect(await store.removeMember(customerId, userId, ann)).toBe("removed");
  });

  test("two owners who leave at the same moment leave one behind", async () => {
    const { userId, customerId } = await newOwner();
    const second = await join(userId, "owner");
    const results = await Promise.all([
      store.removeMember(customerId, userId, ann),
      store.removeMember(customerId, second, ann),
    ]);
    expect(results.sort()).toEqual(["last_owner", "removed"]);
  });

  test("a removed member belongs nowhere, and another customer cannot remove one", async () => {
    const { userId: owner, customerId } = await newOwner();
    const other = await newOwner();
    const userId = await join(owner);
    expect(await store.removeMember(other.customerId, userId, ann)).toBe("not_found");
    expect(await store.removeMember(customerId, userId, ann)).toBe("removed");
    expect(await store.findMember(userId)).toBeNull();
  });

  const endings = [
    ["removed", (customerId: string, userId: string) => store.removeMember(customerId, userId, ann)],
    [
      "no owner any more",
      (customerId: string, userId: string) => store.setRole({ customerId, userId, role: "member" }, ann),
    ],
  ] as const;

  test.each(endings)("the links of an owner who is %s are over, also when they own again", async (_, end) => {
    const { userId: first, customerId } = await newOwner();
    const maker = await join(first, "owner");
    const member = await join(first);
    const invitation = await newInvitation(maker, "owner");
    const others = await newInvitation(first, "owner");
    const link = await newResetLink(maker, member);
    await end(customerId, maker);
    await store.acceptInvitation((await newInvitation(first, "owner")).hash, maker, ann);
    await store.setRole({ customerId, userId: maker, role: "owner" }, ann);
    expect(await store.acceptInvitation(invitation.hash, randomUUID(), ann)).toBeNull();
    expect(await store.redeemResetLink(link)).toBeNull();
    expect(await store.acceptInvitation(others.hash, randomUUID(), ann)).toMatchObject({ role: "owner" });
  });

  test("an owner who stays one keeps their links", async () => {
    const { userId, customerId } = await newOwner();
    const { hash } = await newInvitation(userId);
    await store.setRole({ userId, customerId, role: "owner" }, ann);
    expect(await store.findInvitation(hash)).not.toBeNull();
  });

  test("members are listed oldest first", async () => {
    const { userId, customerId } = await newOwner();
    clock.now += 1;
    const second = await join(userId);
    const listed = (await store.listMembers(customerId)).map((member) => member.userId);
    expect(listed).toEqual([userId, second]);
  });
}
