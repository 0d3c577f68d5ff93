"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useShortcut } from "./use-shortcut";

const ShortcutSheet = dynamic(() => import("./shortcut-sheet"), { ssr: false });

/** `?` opens the sheet of shortcuts; its code is loaded by the first opening. */
export function ShortcutSheetOnDemand() {
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  useShortcut({ key: "?", run: () => setIsOpen(true) });
  return isOpen === null ? null : <ShortcutSheet open={isOpen} onOpenChange={setIsOpen} />;
}
