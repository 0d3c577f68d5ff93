import { type KeyRing, open } from "@/domain/webhook/seal";

/** Opens a sealed secret for its owner, as `open` does. */
export type Reveal = (sealed: string, owner: string) => string;

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
