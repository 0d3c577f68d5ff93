"use client";

import { type RefObject, useRef } from "react";
import { useShortcut } from "./use-shortcut";

/** j/k and ↑/↓ move the focus between the `[data-row]` links of a list; Enter then opens one, as links do. */
export function useListKeys(): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const move = (step: number, startsAtEnd: boolean) => {
    const rows: Element[] = [...(list.current?.querySelectorAll("[data-row]") ?? [])];
    const focused = document.activeElement ? rows.indexOf(document.activeElement) : -1;
    if (focused === -1 && !startsAtEnd) return false;
    const next = focused === -1 ? (step > 0 ? 0 : rows.length - 1) : focused + step;
    const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
    if (row instanceof HTMLElement) row.focus();
  };
  useShortcut({ key: "j", run: () => move(1, true) });
  useShortcut({ key: "k", run: () => move(-1, true) });
  // Arrows scroll the page, until a row has the focus.
  useShortcut({ key: "ArrowDown", run: () => move(1, false) });
  useShortcut({ key: "ArrowUp", run: () => move(-1, false) });
  return list;
}
