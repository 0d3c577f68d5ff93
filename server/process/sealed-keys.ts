import type { SecretOwner, Store } from "@/db/store";
import { type KeyRing, open, sealedKeyId, secretOwner } from "@/domain/webhook/seal";
import { isDead } from "./dead-workers";
import { StartError } from "./start-error";

/**
 * Throws a StartError unless the ring opens what the store holds: every key that sealed something is there, and
 * really opens one value.
 */
export async function assertOpens(ring: KeyRing, store: Pick<Store, "listSealedKeys">): Promise<void> {
  for (const { sample, webhook } of await store.listSealedKeys()) assertOpensOne(ring, sample, webhook);
}

/** Throws a StartError unless the ring opens this secret. */
export function assertOpensOne(ring: KeyRing, secret: string, webhook: SecretOwner): void {
  const keyId = sealedKeyId(secret);
  if (!ring.some(({ id }) => id === keyId)) {
    throw new StartError(
      `The store holds secrets of the encryption key "${keyId}", which is absent. ${remedy}`,
    );
  }
  if (!opens(ring, secret, secretOwner(webhook))) {
    throw new StartError(
      `The encryption key "${keyId}" is not the one that the store's secrets were sealed with. ${remedy}`,
    );
  }
}

/** Throws a StartError when a worker runs that could not open what is sealed with the ring's first key. */
export async function assertKnown(ring: KeyRing, store: Pick<Store, "listWorkers">): Promise<void> {
  const current = ring[0]?.id ?? "";
  const workers = (await store.listWorkers()).filter((worker) => !isDead(worker));
  if (workers.every(({ keyIds }) => keyIds.includes(current))) return;
  throw new StartError(
    `Fanfare runs without the encryption key "${current}" and could not sign any more. Nothing was changed. ` +
      `Restart it with this ENCRYPTION_KEYS first, the new key before the old one.`,
  );
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
