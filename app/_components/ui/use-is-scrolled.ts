"use client";

import { useEffect, useState } from "react";

const scrolledPx = 120;

/** Whether the page is scrolled down from its beginning: a list above should not move then. */
export function useIsScrolled(): boolean {
  const [isScrolled, setIsScrolled] = useState(false);
  useEffect(() => {
    const look = () => setIsScrolled(window.scrollY > scrolledPx);
    look();
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);
  return isScrolled;
}
