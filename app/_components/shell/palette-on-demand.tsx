"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { onOpenPalette } from "./command-palette-state";

const CommandPalette = dynamic(() => import("./command-palette"), { ssr: false });

/** ⌘K opens the palette; its code is loaded by the first opening. */
export function PaletteOnDemand() {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  useEffect(() => {
    const open = () => {
      setWasOpened(true);
      setIsOpen(true);
    };
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
  return wasOpened ? <CommandPalette open={isOpen} onOpenChange={setIsOpen} /> : null;
}
