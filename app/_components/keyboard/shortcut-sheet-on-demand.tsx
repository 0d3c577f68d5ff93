"use client";

import { useState } from "react";
import { usePart } from "@/app/_components/ui/use-part";
import { useShortcut } from "./use-shortcut";

/** `?` opens the sheet of shortcuts; its code is loaded by the first opening. */
export function ShortcutSheetOnDemand() {
  const [isOpen, setIsOpen] = useState(false);
  const { Part: ShortcutSheet, want } = usePart(async () => (await import("./shortcut-sheet")).default);
  const open = () => {
    want();
    setIsOpen(true);
  };
  useShortcut({ key: "?", run: open });
  return ShortcutSheet && <ShortcutSheet open={isOpen} onOpenChange={setIsOpen} />;
}
