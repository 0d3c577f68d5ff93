"use client";

import { OnceOpen, part } from "./part";
import type { SheetProps } from "./sheet-box";

const SheetBox = part(() => import("./sheet-box").then((m) => m.SheetBox));

/**
 * A panel at an edge of the screen. The page beside it stays readable; Esc and a click outside close it.
 * `title` is for screen readers: the content has its own heading.
 */
export function Sheet(props: SheetProps) {
  return (
    <OnceOpen open={props.open}>
      <SheetBox {...props} />
    </OnceOpen>
  );
}
