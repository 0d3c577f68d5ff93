import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Open } from "../contract.kit";
import { accessScene } from "./access.kit";

/** A customer always keeps an owner. */
export function members(open: Open): void {
  const { store, clock, newOwner, join } = accessScene(open);

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
}
