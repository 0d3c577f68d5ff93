import { createHash, randomUUID } from "node:crypto";
import { hour, type Open } from "../contract.kit";
import type { Role } from "../store";
import { storeScene } from "./scene.kit";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
export const someHash = () => sha256(randomUUID());

/** A store of its own for each test, with customers and the people who come to belong to them. */
export function accessScene(open: Open) {
  const { store, clock } = storeScene(open);

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
  const newInvitation = async (customerId: string, role: Role = "member") => {
    const hash = someHash();
    const wanted = { id: randomUUID(), customerId, role, hash, lastsMs: hour };
    const invitation = await store.createInvitation(wanted);
    return { hash, id: invitation?.id ?? "" };
  };
  const join = async (customerId: string, role: Role = "member") => {
    const userId = randomUUID();
    await store.acceptInvitation((await newInvitation(customerId, role)).hash, userId);
    return userId;
  };
  return { store, clock, newCustomer, newApiKey, newOwner, newInvitation, join };
}
