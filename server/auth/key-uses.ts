import type { Store } from "@/db/store";

/** Of a key that is used all the time, so often at most. */
const tellEveryMs = 60_000;
/** Keys that come into use at about the same time are told in one write. */
const gatherMs = 1_000;
/** Keys that are remembered, so that they do not fill the memory: after so many, all are told anew. */
const mostKnown = 100_000;

/** Tells the store now and then which keys are in use. */
export type KeyUses = {
  /** A call was made with this key. Costs a look into a map, but for once a minute, and nobody waits for that. */
  note(keyId: string): void;
};

/** What is not told yet when the process ends is lost: the last second of keys that were not used for a minute. */
export function createKeyUses(store: Pick<Store, "noteKeyUses">, clock: () => number): KeyUses {
  const toldAt = new Map<string, number>();
  let used: string[] = [];

  return {
    note(keyId) {
      const now = clock();
      const last = toldAt.get(keyId);
      if (last !== undefined && now >= last && now - last < tellEveryMs) return;
      if (toldAt.size >= mostKnown) toldAt.clear();
      toldAt.set(keyId, now);
      if (used.length === 0) setTimeout(tell, gatherMs).unref();
      used.push(keyId);
    },
  };

  function tell(): void {
    const keys = used;
    used = [];
    // A database that is away hears of the next use.
    store.noteKeyUses(keys).catch(() => {
      for (const key of keys) toldAt.delete(key);
    });
  }
}
