/** Bytes that one holder has at the moment, out of a budget that all share. */
export type ByteShare = {
  /** Takes some more; false, and nothing is taken, when neither the budget nor the holder may have as many. */
  take(bytes: number): boolean;
  /** Gives all of them back. */
  release(): void;
};

export type ByteBudget = {
  /** A share that begins empty. Everything of one holder together is at most `holderBytes`. */
  open(holder: string, holderBytes: number): ByteShare;
};

/** A budget of memory: what is taken out of it at once is at most `totalBytes`. */
export function createByteBudget(totalBytes: number): ByteBudget {
  const held = new Map<string, number>();
  let taken = 0;

  return {
    open(holder, holderBytes) {
      let own = 0;
      return {
        take(bytes) {
          const ofHolder = (held.get(holder) ?? 0) + bytes;
          if (taken + bytes > totalBytes || ofHolder > holderBytes) return false;
          taken += bytes;
          own += bytes;
          held.set(holder, ofHolder);
          return true;
        },
        release() {
          const left = (held.get(holder) ?? 0) - own;
          if (left > 0) held.set(holder, left);
          else held.delete(holder);
          taken -= own;
          own = 0;
        },
      };
    },
  };
}
