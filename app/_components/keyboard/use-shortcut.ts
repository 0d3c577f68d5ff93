"use client";

import { useEffect, useEffectEvent } from "react";
import { usePreferences } from "@/app/_components/preferences/preferences-provider";

export type Shortcut = {
  /** As in KeyboardEvent.key: "n", "/", "ArrowLeft". */
  key: string;
  /** Answers false when it had nothing to do: the key then does what it always does. */
  run: () => unknown;
  /** Where it works: on the page while no dialog is open, or inside the dialog that it belongs to. */
  scope?: "page" | "dialog";
  isOn?: boolean;
};

/** Runs `run` on a single key, unless the person is typing, or turned single keys off (WCAG 2.1.4). */
export function useShortcut({ key, run, scope = "page", isOn = true }: Shortcut): void {
  const isAllowed = usePreferences().preferences.singleKeys;
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== key || event.defaultPrevented || !isPlain(event) || isBusy(event.target, scope)) return;
    if (run() !== false) event.preventDefault();
  });
  const isListening = isOn && isAllowed;
  useEffect(() => {
    if (!isListening) return;
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, [isListening]);
}

const isPlain = (event: KeyboardEvent) => !event.metaKey && !event.ctrlKey && !event.altKey && !event.repeat;

const overPage = "[role=dialog],[role=alertdialog],[role=menu],[role=listbox]";
const overDialog = "[role=alertdialog],[role=menu],[role=listbox]";

function isBusy(target: EventTarget | null, scope: "page" | "dialog"): boolean {
  if (document.querySelector(scope === "page" ? overPage : overDialog)) return true;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches("input:not([type=checkbox]), textarea, select, [role=tab], [role=radio]")
  );
}
