import type { Reveal } from "@/domain/delivery/outgoing-request";
import { type KeyRing, open } from "@/domain/webhook/seal";

/** Secrets that stay open in memory, where the ring is too: webhooks that are busy at a time. */
const maxKept = 1_000;

/** Remembers the newest secrets, since deciphering costs as much as signing. A failure is not remembered. */
export function createReveal(ring: KeyRing): Reveal {
  const kept = new Map<string, string>();
  return (sealed, owner) => {
    const name = `${owner}/${sealed}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    const secret = open(ring, sealed, owner);
    kept.set(name, secret);
    const [oldest] = kept.size > maxKept ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    return secret;
  };
}
