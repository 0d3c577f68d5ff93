"use client";

import { useEffect } from "react";

/** Tells the document that React holds the page. */
export function ReplayPresses() {
  useEffect(() => {
    document.dispatchEvent(new Event("awake"));
  }, []);
  return null;
}
