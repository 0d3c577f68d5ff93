"use client";

import { Search } from "lucide-react";
import { Kbd } from "@/app/_components/ui/kbd";
import { openPalette } from "./palette/palette-state";

/** Opens the palette with the mouse. */
export function SearchButton() {
  return (
    <button
      type="button"
      onClick={openPalette}
      className="flex h-8 items-center gap-2.5 rounded-md px-2 text-left text-muted hover:text-ink"
    >
      <Search aria-hidden className="size-4" strokeWidth={1.75} />
      <span className="grow">Search</span>
      <Kbd>⌘K</Kbd>
    </button>
  );
}
