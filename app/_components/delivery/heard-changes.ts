import { type Change, type Heard, keyOf } from "./list-changes";
import type { Delivery } from "./types";

/** Changes are shown together, this often at most. */
const tellMs = 250;

/** What is heard of one list, beside what the server answered when it was asked for it. */
export type HeardChanges = {
  /** For `useSyncExternalStore`. */
  subscribe(listener: () => void): () => void;
  read(): Heard;
  knows(key: string): boolean;
  /** Takes the state of a delivery at a time, unless a later one is known. What is new waits while the list is held. */
  hear(delivery: Delivery, cameAt: number): void;
  /** More has come than is known here: what waits does not follow on what is shown. */
  noteGap(): void;
  hold(isHeld: boolean): void;
  isHeld(): boolean;
  /** Shows what waits. Answers whether there is a gap before it, which is the caller's to close. */
  letIn(): boolean;
  /** Drops what came before a time at which the server was asked for the whole list. */
  forget(before: number): void;
};

export function createHeardChanges(): HeardChanges {
  const shown = new Map<string, Change>();
  const waiting = new Map<string, Change>();
  const listeners = new Set<() => void>();
  let heard: Heard = { shown, waiting };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isHeld = false;
  let hasGap = false;

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => heard,
    knows: (key) => shown.has(key) || waiting.has(key),
    hear(delivery, cameAt) {
      const key = keyOf(delivery);
      const known = shown.get(key) ?? waiting.get(key);
      if (known && known.cameAt > cameAt) return;
      const to = isHeld && !shown.has(key) ? waiting : shown;
      to.set(key, { delivery, cameAt });
      timer ??= setTimeout(tell, tellMs);
    },
    noteGap() {
      hasGap = true;
    },
    hold(now) {
      isHeld = now;
    },
    isHeld: () => isHeld,
    letIn() {
      const hadGap = hasGap;
      hasGap = false;
      for (const [key, change] of waiting) shown.set(key, change);
      waiting.clear();
      tell();
      return hadGap;
    },
    forget(before) {
      for (const changes of [shown, waiting])
        for (const [key, { cameAt }] of changes) if (cameAt < before) changes.delete(key);
      tell();
    },
  };

  /** The maps stay, so that what comes costs nothing until it is told. */
  function tell(): void {
    clearTimeout(timer);
    timer = undefined;
    heard = { shown, waiting };
    for (const listener of listeners) listener();
  }
}
