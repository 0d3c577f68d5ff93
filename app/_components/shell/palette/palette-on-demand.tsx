"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { flushSync } from "react-dom";
import { loadAhead } from "@/app/_components/ui/load-ahead";
import { usePart } from "@/app/_components/ui/use-part";
import { onOpenPalette } from "./palette-state";

/** ⌘K opens the palette. Its code comes ahead of it, once somebody touches the page. */
export function PaletteOnDemand() {
  const [isOpen, setIsOpen] = useState(false);
  const { Part: Palette, warm, want } = usePart(async () => (await import("./command-palette")).default);
  const onIdle = useEffectEvent(warm);
  const onOpen = useEffectEvent(() => {
    want();
    // Drawn before the next key arrives: whoever types ahead types into it.
    flushSync(() => setIsOpen(true));
  });
  useEffect(() => loadAhead(async () => onIdle()), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      onOpen();
    };
    document.addEventListener("keydown", onKey);
    const stop = onOpenPalette(() => onOpen());
    return () => {
      document.removeEventListener("keydown", onKey);
      stop();
    };
  }, []);
  return Palette && <Palette open={isOpen} onOpenChange={setIsOpen} />;
}
