import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { hour, type Open } from "../contract.kit";
import { accessScene } from "./access.kit";

/** An invitation makes one member. */
export function invitations(open: Open): void {
  const { store, clock, newOwner, newInvitation } = accessScene(open);

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
}
