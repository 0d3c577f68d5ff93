import { setTimeout as pause } from "node:timers/promises";
import type { Store } from "@/db/store";

// A notice of a commit may get lost with the connection that brings it; a look costs little.
const slowPollMs = 1_000;

/**
 * Yields at once, then after changes of the store (no sooner than `gapMs` after the look before), at least once
 * a second. Changes that come meanwhile are one. Ends when the signal aborts.
 */
export async function* storeChanges(
  store: Store,
  { signal, gapMs }: { signal: AbortSignal; gapMs: number },
): AsyncGenerator<undefined> {
  let isDue = true;
  let wake = () => {};
  const alarm = () => {
    isDue = true;
    wake();
  };
  const stopListening = store.onChange(alarm);
  const poll = setInterval(alarm, slowPollMs);
  signal.addEventListener("abort", alarm);
  try {
    while (!signal.aborted) {
      if (!isDue) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      isDue = false;
      yield;
      if (gapMs > 0) await pause(gapMs);
    }
  } finally {
    stopListening();
    clearInterval(poll);
    signal.removeEventListener("abort", alarm);
  }
}
