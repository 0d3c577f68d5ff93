import type { Store } from "@/db/store";
import { type KeyRing, open, secretOwner } from "@/domain/webhook/seal";

/** The secrets of a webhook that could have signed; null when there is no such webhook. */
export async function openSecrets(
  store: Store,
  ring: KeyRing,
  owner: { customerId: string; webhookId: string },
): Promise<{ name: "current" | "previous"; secret: string }[] | null> {
  const sealed = await store.getSecrets(owner.customerId, owner.webhookId);
  if (!sealed) return null;
  return (["current", "previous"] as const).flatMap((name) => {
    const value = sealed[name];
    return value === null ? [] : [{ name, secret: open(ring, value, secretOwner(owner)) }];
  });
}
