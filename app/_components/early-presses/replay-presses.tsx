"use client";

import { useEffect } from "react";

/** Tells the document that React holds the page: what was pressed before is pressed again. Stands after all else. */
export function ReplayPresses() {
  useEffect(() => {
    document.dispatchEvent(new Event("awake"));
  }, []);
  return null;
}
