"use client";

import dynamic from "next/dynamic";
import { type ComponentType, type ReactNode, useState } from "react";
import { orReload } from "@/app/_components/upgrade/or-reload";
import { loadAhead } from "./load-ahead";

/** A part that is drawn on top of a page while it is open. Its code comes with that, or ahead of the first press. */
export function part<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  loadAhead(load);
  return dynamic(() => orReload(load()), { ssr: false });
}

/** Draws a part from its first opening on: it stays, so that it can end what it began, and give the focus back. */
export function OnceOpen({ open, children }: { open: boolean; children: ReactNode }) {
  const [wasOpened, setWasOpened] = useState(open);
  if (open && !wasOpened) setWasOpened(true);
  return wasOpened && children;
}
