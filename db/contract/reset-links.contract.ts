import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { hour, type Open } from "../contract.kit";
import { accessScene, someHash } from "./access.kit";

/** A link sets one password. */
export function resetLinks(open: Open): void {
  const { store, clock, newOwner, join, newResetLink } = accessScene(open);
  const make = (makerId: string | null, userId: string, hash = someHash()) =>
    store.createResetLink({ userId, makerId, hash, lastsMs: hour }, ann);

  test("a link tells once whose it is, however often it is looked at before", async () => {
    const { userId } = await newOwner();
    const hash = await newResetLink(userId, userId);
    expect(await store.isResetLinkOpen(hash)).toBe(true);
    expect(await store.redeemResetLink(hash)).toBe(userId);
    expect(await store.isResetLinkOpen(hash)).toBe(false);
    expect(await store.redeemResetLink(hash)).toBeNull();
  });

  test("a link is over when its time is over", async () => {
    const { userId } = await newOwner();
    const hash = await newResetLink(userId, userId);
    clock.now += hour;
    expect(await store.isResetLinkOpen(hash)).toBe(false);
    expect(await store.redeemResetLink(hash)).toBeNull();
  });

  test("a person's link ends with the next one, and by hand; another person's does not", async () => {
    const { userId: owner } = await newOwner();
    const member = await join(owner);
    const other = await newResetLink(owner, owner);
    const first = await newResetLink(owner, member);
    const second = await newResetLink(owner, member);
    expect(await store.isResetLinkOpen(first)).toBe(false);
    expect(await store.isResetLinkOpen(second)).toBe(true);
    await store.endResetLink(member);
    expect(await store.isResetLinkOpen(second)).toBe(false);
    expect(await store.isResetLinkOpen(other)).toBe(true);
  });

  test("only an owner makes one, for the own customer's people; the operator for everybody", async () => {
    const { userId: owner } = await newOwner();
    const member = await join(owner);
    const other = await newOwner();
    expect(await make(member, owner)).toBe(false);
    expect(await make(other.userId, member)).toBe(false);
    expect(await make(owner, randomUUID())).toBe(false);
    expect(await make(null, randomUUID())).toBe(true);
  });

  test("a member's link ends when the member is removed, whoever made it", async () => {
    const { userId: owner, customerId } = await newOwner();
    for (const maker of [owner, null]) {
      const member = await join(owner);
      const hash = someHash();
      await make(maker, member, hash);
      await store.removeMember(customerId, member, ann);
      expect(await store.redeemResetLink(hash)).toBeNull();
    }
  });
}
