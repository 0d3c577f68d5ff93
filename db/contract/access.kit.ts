import { createHash, randomUUID } from "node:crypto";
import { expect } from "vitest";
import { ann } from "../actor.kit";
import { hour, type Open } from "../contract.kit";
import type { Role, Store } from "../store";
import { storeScene } from "./scene.kit";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
type NewApiKey = Parameters<Store["createApiKey"]>[0];
export const someHash = () => sha256(randomUUID());

/** A store of its own for each test, with customers and the people who come to belong to them. */
export function accessScene(open: Open) {
  const { store, clock } = storeScene(open);

  const newCustomer = async (externalId: string | null = null) => {
    const customer = await store.createCustomer(
      { id: randomUUID(), name: "Northwind Bank", externalId },
      ann,
    );
    if (customer === "external_id_taken") throw new Error("The external id of a test is taken.");
    return customer;
  };
  const newApiKey = async (customerId: string, hash = someHash(), more: Partial<NewApiKey> = {}) => {
    const key = { id: randomUUID(), customerId, name: "CI", prefix: "fk_abcdef", hash };
    const made = await store.createApiKey({ ...key, access: "full", expiresAt: null, ...more }, ann);
    if (made === "limit_reached") throw new Error("The customer of a test has too many keys.");
    return made;
  };
  const newOwner = async () => {
    const userId = randomUUID();
    const customerId = randomUUID();
    await store.createCustomerWithOwner({ id: customerId, name: "Northwind Bank", ownerId: userId }, ann);
    return { userId, customerId };
  };
  const newInvitation = async (makerId: string, role: Role = "member") => {
    const hash = someHash();
    const invitation = await store.createInvitation(
      { id: randomUUID(), makerId, role, hash, lastsMs: hour },
      ann,
    );
    if (!invitation || invitation === "too_many") throw new Error("The test's invitation was refused.");
    return { hash, id: invitation.id };
  };
  const join = async (makerId: string, role: Role = "member") => {
    const userId = randomUUID();
    await store.acceptInvitation((await newInvitation(makerId, role)).hash, userId, ann);
    return userId;
  };
  const newResetLink = async (makerId: string, userId: string) => {
    const hash = someHash();
    expect(await store.createResetLink({ userId, makerId, hash, lastsMs: hour }, ann)).toBe(true);
    return hash;
  };
  return { store, clock, newCustomer, newApiKey, newOwner, newInvitation, join, newResetLink };
}
