"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";

const rowPx = 45;
/** Drawn beyond the window on either side, so that keys find a next row; each more makes every scroll dearer. */
const overscan = 8;
/** Before anything is measured: a large window's worth. */
const firstCount = 30;

/** Which rows of a long table to draw, those near the window, and how much room the others above and below take. */
export function useVirtualRows(listRef: RefObject<HTMLElement | null>, count: number) {
  const top = useRef(0);
  const [isMeasured, setIsMeasured] = useState(false);
  useLayoutEffect(() => {
    top.current = listRef.current?.offsetTop ?? 0;
    setIsMeasured(true);
  }, [listRef]);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => rowPx,
    overscan,
    scrollMargin: top.current,
  });
  const rows = virtual.getVirtualItems();
  const isVirtual = isMeasured && rows.length > 0;
  return {
    shown: isVirtual ? rows.map(({ index }) => index) : firstRows(count),
    above: isVirtual ? (rows[0]?.start ?? 0) - top.current : 0,
    below: isVirtual ? virtual.getTotalSize() + top.current - (rows.at(-1)?.end ?? 0) : 0,
    /** Learns how high a row is, which has its place in `data-index`. */
    measure: virtual.measureElement,
  };
}

const firstRows = (count: number) => Array.from({ length: Math.min(count, firstCount) }, (_, index) => index);

export function Spacer({ px }: { px: number }) {
  if (px <= 0) return null;
  return (
    <tr aria-hidden>
      <td style={{ height: px }} />
    </tr>
  );
}
