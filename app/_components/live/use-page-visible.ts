"use client";

import { useSyncExternalStore } from "react";

/** Whether the tab is looked at. One that is left is not, also while the browser keeps it for the way back. */
export function usePageVisible(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => !isLeft && document.visibilityState === "visible",
    () => true,
  );
}

let isLeft = false;

function subscribe(listener: () => void): () => void {
  const onLeave = ({ type }: Event) => {
    isLeft = type === "pagehide";
    listener();
  };
  document.addEventListener("visibilitychange", listener);
  window.addEventListener("pagehide", onLeave);
  window.addEventListener("pageshow", onLeave);
  return () => {
    document.removeEventListener("visibilitychange", listener);
    window.removeEventListener("pagehide", onLeave);
    window.removeEventListener("pageshow", onLeave);
  };
}
