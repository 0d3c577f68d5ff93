"use client";

import { type ComponentType, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { onOpenPalette } from "./command-palette-state";
import { whenIdle } from "./when-idle";

type Palette = ComponentType<{ open: boolean; onOpenChange: (open: boolean) => void }>;

/** ⌘K opens the palette. Its code comes once the page is at rest. */
export function PaletteOnDemand() {
  const [isOpen, setIsOpen] = useState(false);
  const [palette, setPalette] = useState<{ Component: Palette } | null>(null);
  useEffect(() => {
    const load = async () => setPalette({ Component: (await import("./command-palette")).default });
    return whenIdle(() => void load());
  }, []);
  useEffect(() => {
    // Drawn before the next key arrives: whoever types ahead types into it.
    const open = () => flushSync(() => setIsOpen(true));
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      open();
    };
    document.addEventListener("keydown", onKey);
    const stop = onOpenPalette(open);
    return () => {
      document.removeEventListener("keydown", onKey);
      stop();
    };
  }, []);
  return palette && <palette.Component open={isOpen} onOpenChange={setIsOpen} />;
}
