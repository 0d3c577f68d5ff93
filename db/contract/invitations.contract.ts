import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { hour, type Open } from "../contract.kit";
import { accessScene, someHash } from "./access.kit";

/** An invitation makes one member. */
export function invitations(open: Open): void {
  const { store, clock, newOwner, newInvitation, join } = accessScene(open);

  test("an invitation makes one person a member with its role", async () => {
    const { userId: owner, customerId } = await newOwner();
    const { hash, id } = await newInvitation(owner, "viewer");
    expect(await store.findInvitation(hash)).toMatchObject({ id, customerId, role: "viewer" });
    const userId = randomUUID();
    expect(await store.acceptInvitation(hash, userId, ann)).toMatchObject({
      userId,
      customerId,
      role: "viewer",
    });
    expect(await store.findInvitation(hash)).toBeNull();
    expect(await store.acceptInvitation(hash, randomUUID(), ann)).toBeNull();
  });

  test("of two people who accept at once, one becomes a member", async () => {
    const { userId: owner, customerId } = await newOwner();
    const { hash } = await newInvitation(owner);
    const accept = () => store.acceptInvitation(hash, randomUUID(), ann);
    const results = await Promise.all([accept(), accept()]);
    expect(results.filter((member) => member !== null)).toHaveLength(1);
    expect(await store.listMembers(customerId)).toHaveLength(2);
  });

  test("someone who belongs to a customer cannot accept, and does not use the invitation up", async () => {
    const { userId: owner } = await newOwner();
    const other = await newOwner();
    const { hash } = await newInvitation(owner);
    expect(await store.acceptInvitation(hash, other.userId, ann)).toBeNull();
    expect(await store.findMember(other.userId)).toMatchObject({ customerId: other.customerId });
    expect(await store.findInvitation(hash)).not.toBeNull();
  });

  test("an invitation that is over cannot be found, listed or accepted", async () => {
    const { userId: owner, customerId } = await newOwner();
    const { hash } = await newInvitation(owner);
    clock.now += hour;
    expect(await store.findInvitation(hash)).toBeNull();
    expect(await store.listInvitations(customerId)).toEqual([]);
    expect(await store.acceptInvitation(hash, randomUUID(), ann)).toBeNull();
  });

  test("a customer has 100 open invitations, and one more when one is used or over", async () => {
    const { userId: makerId } = await newOwner();
    for (let made = 0; made < 100; made += 1) await newInvitation(makerId);
    const next = { id: randomUUID(), makerId, role: "viewer" as const, hash: someHash(), lastsMs: hour };
    expect(await store.createInvitation(next, ann)).toBe("too_many");
    clock.now += hour;
    expect(await store.createInvitation(next, ann)).toMatchObject({ id: next.id });
  });

  test.each(["member", "viewer"] as const)(
    "a %s cannot invite, and nobody can from outside",
    async (role) => {
      const { userId: owner, customerId } = await newOwner();
      const invitation = { role: "viewer" as const, lastsMs: hour };
      for (const makerId of [await join(owner, role), randomUUID()]) {
        const wanted = { ...invitation, id: randomUUID(), hash: someHash(), makerId };
        expect(await store.createInvitation(wanted, ann)).toBeNull();
      }
      expect(await store.listInvitations(customerId)).toEqual([]);
    },
  );

  test("only the customer itself revokes an invitation", async () => {
    const { userId: owner, customerId } = await newOwner();
    const other = await newOwner();
    const { hash, id } = await newInvitation(owner);
    expect(await store.revokeInvitation(other.customerId, id, ann)).toBe(false);
    expect((await store.listInvitations(customerId)).map((invitation) => invitation.id)).toEqual([id]);
    expect(await store.revokeInvitation(customerId, id, ann)).toBe(true);
    expect(await store.acceptInvitation(hash, randomUUID(), ann)).toBeNull();
  });
}
