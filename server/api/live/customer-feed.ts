import { setTimeout as pause } from "node:timers/promises";
import type { Store } from "@/db/store";
import type { Pace } from "./pace";
import { isBefore } from "./position";

export type ChangePage = Awaited<ReturnType<Store["listChanges"]>>;

export type Follower = {
  /**
   * What changed after a position: at once when something did, else as soon as it does. Null when nothing did
   * for so long, or when the signal aborts.
   */
  next(after: string, until: { signal: AbortSignal; withinMs: number }): Promise<ChangePage | null>;
};

const pageSize = 250;

/** Busy times change something every millisecond, and each look asks the store. */
const gapMs = 50;

/** Pages kept for those who are a little behind. */
const maxPages = 8;

/**
 * The changes of one customer. One look at a time is taken, for whoever has waited longest, and everybody else whose
 * position lies in what it found gets it too. Who is far behind waits for a turn like those who are not.
 */
export function createCustomerFeed(
  store: Store,
  customerId: string,
  inPace: Pace,
): Follower & { alarm(): void } {
  let pages: { after: string; page: ChangePage }[] = [];
  /** Up to there everything has been found, unless something has changed since. Null while there is more. */
  let end: string | null = null;
  let isChanged = true;
  let looking: Promise<void> | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const waiting = new Set<() => void>();

  return {
    alarm() {
      isChanged = true;
      for (const wake of waiting) wake();
    },

    async next(after, { signal, withinMs }) {
      const giveUpAt = performance.now() + withinMs;
      while (!signal.aborted) {
        const kept = keptAfter(after);
        if (kept) return kept;
        const isAtEnd = end !== null && !isBefore(after, end);
        const earlyByMs = lookedAt + gapMs - performance.now();
        if (looking) await looking;
        else if (!isAtEnd) await look(after);
        else if (isChanged && earlyByMs > 0) await pause(earlyByMs);
        else if (isChanged) await look(after);
        else if (performance.now() >= giveUpAt) return null;
        else await changed(signal, giveUpAt - performance.now());
      }
      return null;
    },
  };

  function keptAfter(after: string): ChangePage | null {
    const exact = pages.find((each) => each.after === after);
    if (exact) return exact.page;
    const found = pages.find((each) => !isBefore(after, each.after) && isBefore(after, each.page.cursor));
    if (!found) return null;
    const items = found.page.items.filter(({ cursor }) => isBefore(after, cursor));
    return { ...found.page, items };
  }

  function look(after: string): Promise<void> {
    looking = inPace(() => lookAndKeep(after)).finally(() => {
      looking = null;
    });
    return looking;
  }

  async function lookAndKeep(after: string): Promise<void> {
    const wasChanged = isChanged;
    isChanged = false;
    try {
      const page = await store.listChanges(customerId, { after, limit: pageSize });
      if (isBefore(after, page.cursor)) pages = [...pages, { after, page }].slice(-maxPages);
      if (page.hasMore) isChanged ||= wasChanged;
      if (!page.hasMore) end = page.cursor;
      else if (end !== null && isBefore(end, page.cursor)) end = null;
      lookedAt = performance.now();
    } catch (error) {
      isChanged = true;
      throw error;
    }
  }

  /** Resolves with the next alarm, with the signal, or after so long. */
  async function changed(signal: AbortSignal, withinMs: number): Promise<void> {
    let wake = () => {};
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const timer = setTimeout(wake, withinMs);
    signal.addEventListener("abort", wake);
    waiting.add(wake);
    await woken;
    waiting.delete(wake);
    signal.removeEventListener("abort", wake);
    clearTimeout(timer);
  }
}
