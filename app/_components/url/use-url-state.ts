"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";
import { sitePath } from "./site-path";

type Change = Record<string, string | null>;

/**
 * The query part of the URL as state: what is shown can be linked to, and the back button works. A change to
 * null or "" removes the name. `push` makes a step in the history, `replace` does not.
 */
export function useUrlState() {
  const path = usePathname();
  const params = useSearchParams();
  const get = useCallback((name: string) => params.get(name) ?? "", [params]);
  const push = useCallback(
    (change: Change) => window.history.pushState(null, "", nextUrl(sitePath(path), change)),
    [path],
  );
  const replace = useCallback(
    (change: Change) => window.history.replaceState(null, "", nextUrl(sitePath(path), change)),
    [path],
  );
  return { get, push, replace };
}

/** Reads the current query at the moment of the change, so that two changes in a row add up. */
function nextUrl(path: string, change: Change): string {
  const next = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const query = next.toString();
  return query ? `${path}?${query}` : path;
}
