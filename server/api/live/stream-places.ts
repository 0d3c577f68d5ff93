import { streamLimits } from "@/domain/limits";

/**
 * Each stream keeps a connection and some memory. Of what is free a customer may have a part: dozens can take all that
 * they may and leave places to others.
 */
const { ofCaller: perCaller, ofCustomer: perCustomer, ofProcess: inAll, ofFree: shareOfFree } = streamLimits;

/** What is full. */
export type Full = "caller" | "customer" | "process";

/** Who streams, and for whom. `caller` is null for the platform and for portal sessions, which nobody is. */
export type Streaming = { customerId: string; caller: string | null };

/**
 * Counts the live streams of a process. No key, person or customer may have more than its share, and a customer's
 * shrinks with what is free.
 */
export function createStreamPlaces() {
  const byCaller = new Map<string, number>();
  const byCustomer = new Map<string, number>();
  let count = 0;

  return {
    /** Streams that are open now. */
    count: () => count,

    /** Takes a place; answers how to give it back, or what is full. */
    take(streaming: Streaming): { giveBack: () => void } | { full: Full } {
      const full = fullFor(streaming);
      if (full) return { full };
      change(streaming, 1);
      let isTaken = true;
      return {
        giveBack() {
          if (isTaken) change(streaming, -1);
          isTaken = false;
        },
      };
    },
  };

  function fullFor({ customerId, caller }: Streaming): Full | null {
    if (caller !== null && (byCaller.get(caller) ?? 0) >= perCaller) return "caller";
    const held = byCustomer.get(customerId) ?? 0;
    if (held >= perCustomer) return "customer";
    return held >= (inAll - count) * shareOfFree ? "process" : null;
  }

  function change({ customerId, caller }: Streaming, by: 1 | -1): void {
    count += by;
    add(byCustomer, customerId, by);
    if (caller !== null) add(byCaller, caller, by);
  }
}

export type StreamPlaces = ReturnType<typeof createStreamPlaces>;

function add(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
