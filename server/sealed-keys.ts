import type { Store } from "@/db/store";
import { type KeyRing, open, secretOwner } from "@/server/domain/seal";
import { StartError } from "./start-error";

/**
 * Throws a StartError unless the ring opens what the store holds: every key that sealed something is there, and
 * really opens one value.
 */
export async function assertOpens(ring: KeyRing, store: Pick<Store, "listSealedKeys">): Promise<void> {
  for (const { keyId, sample, webhook } of await store.listSealedKeys()) {
    if (!ring.some(({ id }) => id === keyId)) {
      throw new StartError(
        `The store holds secrets of the encryption key "${keyId}", which is absent. ${remedy}`,
      );
    }
    if (!opens(ring, sample, secretOwner(webhook))) {
      throw new StartError(
        `The encryption key "${keyId}" is not the one that the store's secrets were sealed with. ${remedy}`,
      );
    }
  }
}

const remedy =
  "Nothing was changed. Start with that key in ENCRYPTION_KEYS, or restore the file encryption-keys in DATA_DIR.";

function opens(ring: KeyRing, sealed: string, owner: string): boolean {
  try {
    open(ring, sealed, owner);
    return true;
  } catch {
    return false;
  }
}
