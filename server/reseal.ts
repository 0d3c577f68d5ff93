import type { Store } from "@/db/store";
import { type KeyRing, open, seal, secretOwner } from "@/server/domain/seal";

/** Secrets that one transaction re-encrypts: deliveries and API calls wait for it. */
const batchSize = 50;

/**
 * Re-encrypts every stored secret with the first key of the ring, a small batch at a time, while the store is in
 * use. What was killed half-way goes on where it stood. Answers how many there were.
 */
export async function resealAll(ring: KeyRing, store: Pick<Store, "reseal">): Promise<number> {
  const current = ring[0];
  if (!current) throw new Error("The key ring is empty.");
  let count = 0;
  let left: number;
  do {
    left = await store.reseal(current.id, batchSize, (secret, webhook) => {
      count += 1;
      const owner = secretOwner(webhook);
      return seal(ring, open(ring, secret, owner), owner);
    });
  } while (left > 0);
  return count;
}
