import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { certificateUntil, day, newCustomer, newWebhook, type Open } from "../contract.kit";
import { customerScene } from "./scene.kit";

/** Which secrets sign, and which keys seal them. */
export function secrets(open: Open): void {
  const { store, clock, customer } = customerScene(open);

  test("both secrets count during a rotation's overlap, and only the new one after it", async () => {
    const id = await newWebhook(store, customer, { secret: "k:old" });
    await store.rotateSecret(customer, id, "k:new", 1_000, ann);
    expect(await store.getSecrets(customer, id)).toEqual({
      current: "k:new",
      previous: "k:old",
      leads: "previous",
    });
    clock.now += 1_000;
    expect(await store.getSecrets(customer, id)).toEqual({
      current: "k:new",
      previous: null,
      leads: "current",
    });
  });

  test("a webhook without a secret gets one without an overlap", async () => {
    const id = await newWebhook(store, customer);
    await store.rotateSecret(customer, id, "k:new", 1_000, ann);
    expect(await store.getSecrets(customer, id)).toEqual({
      current: "k:new",
      previous: null,
      leads: "current",
    });
  });

  test("replacing a secret ends a rotation at once", async () => {
    const id = await newWebhook(store, customer, { secret: "k:old" });
    await store.rotateSecret(customer, id, "k:new", 1_000, ann);
    await store.updateWebhook(customer, id, { secret: "k:newest" }, ann);
    expect(await store.getSecrets(customer, id)).toEqual({
      current: "k:newest",
      previous: null,
      leads: "current",
    });
  });

  test("the keys that seal secrets are known, and resealing leaves none of an old key", async () => {
    for (const secret of ["old:1", "old:2", "new:3"]) await newWebhook(store, customer, { secret });
    expect((await store.listSealedKeys()).map(({ keyId }) => keyId).sort()).toEqual(["new", "old"]);
    const renew = (secret: string) => secret.replace("old:", "new:");
    const end = await store.reseal("new", null, renew);
    expect(await store.reseal("new", end, renew)).toBeNull();
    expect((await store.listSealedKeys()).map(({ keyId }) => keyId)).toEqual(["new"]);
  });

  test("the keys of client certificates are resealed with them, also where there is no secret", async () => {
    const clientCertificate = certificateUntil(clock.now + day);
    const id = await newWebhook(store, customer, { clientCertificate, clientKey: "old:key" });
    expect(await store.listSealedKeys()).toMatchObject([{ keyId: "old", sample: "old:key" }]);
    await store.reseal("new", null, (sealed) => sealed.replace("old:", "new:"));
    expect(await store.listSealedKeys()).toMatchObject([{ sample: "new:key", webhook: { webhookId: id } }]);
  });

  test("resealing looks at a few secrets at a time, and at none twice", async () => {
    for (let n = 0, owner = ""; n < 110; n += 1) {
      if (n % 10 === 0) owner = await newCustomer(store);
      await newWebhook(store, owner, { secret: `old:${n}` });
    }
    const looks: string[][] = [];
    let after: string | null = null;
    do {
      const seen: string[] = [];
      after = await store.reseal("new", after, (secret) => {
        seen.push(secret);
        return secret; // stays as it was, and is not looked at again
      });
      looks.push(seen);
    } while (after !== null);
    expect(looks.flat()).toEqual(Array.from({ length: 110 }, (_, n) => `old:${n}`));
    expect(Math.max(...looks.map(({ length }) => length))).toBeLessThanOrEqual(50);
  });
}
