"use client";

import { useEffect, useEffectEvent } from "react";

const storageKey = "fanfare:typed";
/** What is not asked for by then belongs to a page that was left. */
const maxAgeMs = 10 * 60_000;

type Kept = { at: number; values: Record<string, unknown> };

const readers = new Map<string, () => unknown>();

/**
 * Keeps what is typed into a form while the page is loaded anew for a new version; `restore` gets it back, once.
 * Undefined is nothing typed. Never give it a secret: browsers store it in clear.
 */
export function useTyped<Value>(
  key: string,
  typed: Value | undefined,
  restore: (typed: Value) => void,
): void {
  const read = useEffectEvent(() => typed);
  const giveBack = useEffectEvent(restore);
  useEffect(() => {
    const kept = take(key);
    if (kept !== undefined) giveBack(kept as Value);
    readers.set(key, () => read());
    return () => void readers.delete(key);
  }, [key]);
}

/** Stores what is typed now, for the page that comes after this one. */
export function keepTyped(): void {
  const values = Object.fromEntries([...readers].map(([key, read]) => [key, read()]));
  store({ at: Date.now(), values: { ...stored().values, ...values } });
}

function take(key: string): unknown {
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
