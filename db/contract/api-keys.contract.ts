import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import type { Open } from "../contract.kit";
import { accessScene, someHash } from "./access.kit";

/** Keys are known by their hashes alone. */
export function apiKeys(open: Open): void {
  const { store, clock, newCustomer, newApiKey } = accessScene(open);

  test("a key is found by its hash, with its customer", async () => {
    const { id } = await newCustomer();
    const hash = someHash();
    const key = await newApiKey(id, hash);
    expect(key).toMatchObject({ customerId: id, name: "CI", prefix: "fk_abcdef" });
    expect(await store.findApiKey(hash)).toEqual(key);
    expect(await store.findApiKey(someHash())).toBeNull();
  });

  test("a use is noted with its time, of the keys that were used", async () => {
    const { id } = await newCustomer();
    const used = await newApiKey(id);
    await newApiKey(id);
    clock.now += 1_000;
    await store.noteKeyUses([used?.id ?? "", randomUUID()]);
    const uses = (await store.listApiKeys(id)).map(({ lastUsedAt }) => lastUsedAt);
    expect(uses).toEqual([null, clock.now]);
  });

  test("keys are listed newest first, only the customer's own", async () => {
    const { id } = await newCustomer();
    const other = await newCustomer();
    const keys = [await newApiKey(id), await newApiKey(id)];
    await newApiKey(other.id);
    expect(await store.listApiKeys(id)).toEqual(keys.reverse());
  });

  test("a customer has up to 100 keys, and room again after one is revoked", async () => {
    const { id } = await newCustomer();
    const key = () =>
      store.createApiKey(
        {
          id: randomUUID(),
          customerId: id,
          name: null,
          prefix: "fk",
          hash: someHash(),
          access: "full",
          expiresAt: null,
        },
        ann,
      );
    const made = await Promise.all(Array.from({ length: 101 }, key));
    expect(made.filter((each) => each === "limit_reached")).toHaveLength(1);
    const [first] = await store.listApiKeys(id);
    await store.revokeApiKey(id, first?.id ?? "", ann);
    expect(await key()).not.toBe("limit_reached");
  });

  test("a revoked key is dead at once, and only its own customer revokes it", async () => {
    const { id } = await newCustomer();
    const other = await newCustomer();
    const hash = someHash();
    const keyId = (await newApiKey(id, hash))?.id ?? "";
    expect(await store.revokeApiKey(other.id, keyId, ann)).toBe(false);
    expect(await store.findApiKey(hash)).not.toBeNull();
    expect(await store.revokeApiKey(id, keyId, ann)).toBe(true);
    expect(await store.findApiKey(hash)).toBeNull();
    expect(await store.revokeApiKey(id, keyId, ann)).toBe(false);
  });
}
