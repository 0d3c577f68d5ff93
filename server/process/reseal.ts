import type { Cursor, SecretOwner, Store } from "@/db/store";
import { type KeyRing, open, seal, secretOwner } from "@/domain/webhook/seal";

/**
 * Re-encrypts every stored secret with the first key of the ring, a small batch at a time, while the store is in
 * use. What was killed half-way goes on where it stood. Answers how many there were.
 */
export async function resealAll(ring: KeyRing, store: Pick<Store, "reseal">): Promise<number> {
  const current = ring[0];
  if (!current) throw new Error("The key ring is empty.");
  const renew = (secret: string, webhook: SecretOwner) => {
    count += 1;
    const owner = secretOwner(webhook);
    return seal(ring, open(ring, secret, owner), owner);
  };
  let count = 0;
  let before: number;
  do {
    before = count;
    let after: Cursor | null = null;
    do after = await store.reseal(current.id, after, renew);
    while (after !== null);
  } while (count > before); // somebody may have sealed one with an older key meanwhile
  return count;
}
