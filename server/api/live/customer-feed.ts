import { setTimeout as pause } from "node:timers/promises";
import type { Store } from "@/db/store";
import { isBefore } from "./position";

export type ChangePage = Awaited<ReturnType<Store["listChanges"]>>;

export type Follower = {
  /**
   * What changed after a position: at once when something did, else as soon as it does. Null when nothing did
   * for so long, or when the signal aborts.
   */
  next(after: string, until: { signal: AbortSignal; withinMs: number }): Promise<ChangePage | null>;
};

const pageSize = 100;

/** Busy times change something every millisecond, and each look asks the store. */
const gapMs = 50;

/** Pages kept for those who are a little behind. */
const maxPages = 16;

/**
 * The changes of one customer. Who is at the newest position causes the next look, and all others get what it
 * found; who is far behind looks for themselves until they arrive there.
 */
export function createCustomerFeed(store: Store, customerId: string): Follower & { alarm(): void } {
  /** They follow each other without a gap. */
  let pages: { after: string; page: ChangePage }[] = [];
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
        const newest = pages.at(-1)?.page.cursor;
        if (newest !== undefined && isBefore(after, newest)) return look(after);
        if (isChanged || looking) await lookAtNewest(after);
        else if (performance.now() >= giveUpAt) return null;
        else await changed(signal, giveUpAt - performance.now());
      }
      return null;
    },
  };

  function keptAfter(after: string): ChangePage | null {
    const found = pages.find((each) => !isBefore(after, each.after) && isBefore(after, each.page.cursor));
    if (!found) return null;
    const items = found.page.items.filter(({ cursor }) => isBefore(after, cursor));
    return { ...found.page, items };
  }

  /** One look at a time. Whoever waits for another's sees then whether it was theirs, too. */
  function lookAtNewest(after: string): Promise<void> {
    looking ??= lookAndKeep(after).finally(() => {
      looking = null;
    });
    return looking;
  }

  async function lookAndKeep(after: string): Promise<void> {
    const soonestAt = isBehind() ? 0 : lookedAt + gapMs;
    await pause(Math.max(0, soonestAt - performance.now()));
    isChanged = false;
    try {
      const page = await look(after);
      isChanged ||= page.hasMore;
      const isNext = pages.at(-1)?.page.cursor === after;
      pages = [...(isNext ? pages : []), { after, page }].slice(-maxPages);
      lookedAt = performance.now();
    } catch (error) {
      isChanged = true;
      throw error;
    }
  }

  function isBehind(): boolean {
    return pages.at(-1)?.page.hasMore === true;
  }

  function look(after: string): Promise<ChangePage> {
    return store.listChanges(customerId, { after, limit: pageSize });
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
