"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { onOpenPalette } from "./command-palette-state";
import { whenIdle } from "./when-idle";

const load = () => import("./command-palette");
const CommandPalette = dynamic(load, { ssr: false });

/** ⌘K opens the palette. Its code comes once the page is at rest, so that no key typed into it is lost. */
export function PaletteOnDemand() {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  useEffect(() => whenIdle(load), []);
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
