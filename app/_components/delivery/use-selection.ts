"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import { keyOf } from "./list-changes";
import type { Delivery } from "./types";

export type Selection = ReturnType<typeof useSelection>;

/** The deliveries of a list that somebody chose. Another question begins without any. Tests cannot be chosen. */
export function useSelection(deliveries: Delivery[], question: string) {
  const [own, setOwn] = useState({ question, keys: new Set<string>() });
  const anchor = useRef<string | null>(null);
  const keys = useMemo(() => (own.question === question ? own.keys : new Set<string>()), [own, question]);
  const chosen = useMemo(
    () => (keys.size === 0 ? [] : deliveries.filter((delivery) => keys.has(keyOf(delivery)))),
    [deliveries, keys],
  );
  const choosable = useMemo(() => deliveries.filter(({ is_test }) => !is_test), [deliveries]);
  const choose = (next: Set<string>) => setOwn({ question, keys: next });
  // As long as nothing was chosen or came, it is the same, so that a row is not drawn anew for it.
  const toggle = useCallback(
    (delivery: Delivery, isRange: boolean) => {
      const key = keyOf(delivery);
      const isOn = !keys.has(key);
      const next = new Set(keys);
      for (const each of isRange ? between(choosable, anchor.current, key) : [key]) {
        if (isOn) next.add(each);
        else next.delete(each);
      }
      anchor.current = key;
      setOwn({ question, keys: next });
    },
    [keys, choosable, question],
  );

  return {
    chosen,
    has: (delivery: Delivery) => keys.has(keyOf(delivery)),
    isAll: choosable.length > 0 && chosen.length === choosable.length,
    /** Turns one on or off; with `isRange`, all from the last one to this one are like this one. */
    toggle,
    toggleAll: () => choose(new Set(chosen.length === choosable.length ? [] : choosable.map(keyOf))),
    clear: () => choose(new Set()),
  };
}

/** The keys from one delivery of the list to another, both included, whichever comes first. */
export function between(deliveries: Delivery[], from: string | null, to: string): string[] {
  const keys = deliveries.map(keyOf);
  const ends = [from === null ? -1 : keys.indexOf(from), keys.indexOf(to)].sort((a, b) => a - b);
  const [first = -1, last = -1] = ends;
  return first === -1 ? [to] : keys.slice(first, last + 1);
}
