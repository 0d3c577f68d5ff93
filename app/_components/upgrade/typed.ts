"use client";

import { useEffect, useEffectEvent, useRef } from "react";

const storageKey = "fanfare:typed";
/** What is not asked for by then belongs to a page that was left. */
const maxAgeMs = 10 * 60_000;

type Kept = { at: number; values: Record<string, unknown> };

type Typed = { value: unknown; isUnsaved: boolean };

/** Reads the forms that are on the screen. */
const readers = new Map<string, () => Typed | undefined>();
/** What was typed into forms that were left since the page was loaded. */
const left = new Map<string, Typed>();

/**
 * Keeps what is typed into a form while it is off the screen, and while the page is loaded anew for a new version;
 * `restore` gets it back, once. Undefined is nothing typed. Of what is `isUnsaved`, the browser asks before the page is
 * left for good. Never give it a secret: browsers store it in clear. Answers how to forget what was typed, once it is
 * saved.
 */
export function useTyped<Value>(
  key: string,
  value: Value | undefined,
  restore: (value: Value) => void,
  { isUnsaved = false }: { isUnsaved?: boolean } = {},
): { forget: () => void } {
  const isForgotten = useRef(false);
  const read = useEffectEvent(() =>
    value === undefined || isForgotten.current ? undefined : { value, isUnsaved },
  );
  const giveBack = useEffectEvent(restore);
  useEffect(() => {
    isForgotten.current = false;
    const kept = take(key);
    if (kept !== undefined) giveBack(kept as Value);
    readers.set(key, () => read());
    return () => {
      const typed = read();
      readers.delete(key);
      if (typed) left.set(key, typed);
    };
  }, [key]);
  return {
    forget: () => {
      isForgotten.current = true;
    },
  };
}

const typedNow = () => {
  const onScreen = [...readers].flatMap(([key, read]): [string, Typed][] => {
    const typed = read();
    return typed ? [[key, typed]] : [];
  });
  return new Map([...left, ...onScreen]);
};

let isReloading = false;

/** Loads the page anew without asking: what is typed has been kept for it. */
export function reloadWithTyped(): void {
  isReloading = true;
  window.location.reload();
}

/** Has the browser ask before a page is left in which something is typed and not saved. */
export function askBeforeLeaving(event: BeforeUnloadEvent): void {
  if (!isReloading && [...typedNow().values()].some(({ isUnsaved }) => isUnsaved)) event.preventDefault();
}

/** Stores what is typed now, for the page that comes after this one. */
export function keepTyped(): void {
  const values = Object.fromEntries([...typedNow()].map(([key, { value }]) => [key, value]));
  store({ at: Date.now(), values: { ...stored().values, ...values } });
}

function take(key: string): unknown {
  const typed = left.get(key);
  left.delete(key);
  if (typed) return typed.value;
  const kept = stored();
  if (!Object.hasOwn(kept.values, key)) return undefined;
  const { [key]: taken, ...values } = kept.values;
  store({ ...kept, values });
  return taken;
}

const nothing: Kept = { at: 0, values: {} };

function stored(): Kept {
  try {
    const kept: Kept = JSON.parse(sessionStorage.getItem(storageKey) ?? JSON.stringify(nothing));
    return Date.now() - kept.at < maxAgeMs ? kept : nothing;
  } catch {
    return nothing;
  }
}

function store(kept: Kept): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(kept));
  } catch {
    // A browser that stores nothing, or has no room: the page is loaded anew without it.
  }
}
