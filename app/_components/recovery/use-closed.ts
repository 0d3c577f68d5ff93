"use client";

import { useEffect, useState } from "react";

const place = "fanfare:closed-recoveries";
/** Recoveries are listed twenty at a time: older ones are not shown again. */
const kept = 40;

/** The results that somebody has put away in this browser, also after a reload; null until that is known. */
export function useClosed() {
  const [closed, setClosed] = useState<string[] | null>(null);
  useEffect(() => setClosed(read()), []);
  const close = (id: string) => {
    const next = [id, ...(closed ?? [])].slice(0, kept);
    setClosed(next);
    try {
      window.localStorage.setItem(place, JSON.stringify(next));
    } catch {
      // It is put away until the page is left.
    }
  };
  return { closed, close };
}

function read(): string[] {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(place) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
