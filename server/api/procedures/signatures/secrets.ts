import type { Store } from "@/db/store";
import type { SecretName } from "@/domain/webhook/rotation";
import { type KeyRing, open, secretOwner } from "@/domain/webhook/seal";

/** The secrets of a webhook that sign, and which of them leads; null when there is no such webhook. */
export async function openSecrets(
  store: Store,
  ring: KeyRing,
  owner: { customerId: string; webhookId: string },
): Promise<{ open: { name: SecretName; secret: string }[]; leads: SecretName } | null> {
  const sealed = await store.getSecrets(owner.customerId, owner.webhookId);
  if (!sealed) return null;
  const opened = (["current", "previous"] as const).flatMap((name) => {
    const value = sealed[name];
    return value === null ? [] : [{ name, secret: open(ring, value, secretOwner(owner)) }];
  });
  return { open: opened, leads: sealed.leads };
}
