"use client";

import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { classNames } from "@/app/_components/ui/class-names";

/** What a column, or the lower part of it, leads to; `words` say what is there. */
export type ColumnLink = { href: string; words: string; isLow?: boolean; lowShare?: number };

/** Which column is pointed at, or has the focus, in all charts of a page at once; null for none. */
export type Pointed = { at: number | null; point: (at: number | null) => void };

/**
 * The columns of a chart, each as high as the chart, so that a short bar is hit as well as a long one. One tab stop:
 * ← and → go to the neighbours, ↑ and ↓ to the other part of a column, Home and End to the ends.
 */
export function Columns({
  label,
  columns,
  pointed,
  children,
}: {
  label: string;
  columns: ColumnLink[][];
  pointed: Pointed;
  /** What is drawn in a column. */
  children?: (index: number) => ReactNode;
}) {
  const ref = useRef<HTMLFieldSetElement>(null);
  const filled = columns.flatMap((links, index) => (links.length > 0 ? [index] : []));
  const [chosen, setChosen] = useState<number | null>(null);
  const stop = chosen !== null && filled.includes(chosen) ? chosen : filled.at(-1);
  const focus = (column: number | undefined, place: number) => {
    const links = ref.current?.children[column ?? -1]?.querySelectorAll("a");
    links?.[Math.min(place, links.length - 1)]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = filled.indexOf(stop ?? -1);
    const place = placeOf(event.target);
    if (event.key === "ArrowLeft") focus(filled[Math.max(0, at - 1)], place);
    else if (event.key === "ArrowRight") focus(filled[Math.min(filled.length - 1, at + 1)], place);
    else if (event.key === "ArrowUp") focus(stop, 0);
    else if (event.key === "ArrowDown") focus(stop, 1);
    else if (event.key === "Home") focus(filled[0], place);
    else if (event.key === "End") focus(filled.at(-1), place);
    else return;
    event.preventDefault();
  };
  return (
    <fieldset
      ref={ref}
      aria-label={label}
      onKeyDown={onKeyDown}
      onPointerLeave={() => pointed.point(null)}
      onBlur={() => pointed.point(null)}
      className="absolute inset-0 flex min-w-0"
    >
      {columns.map((links, index) => (
        <div
          key={String(index)}
          onPointerEnter={() => pointed.point(index)}
          className={classNames("relative h-full min-w-0 flex-1", pointed.at === index && "bg-hover")}
        >
          <div>{children?.(index)}</div>
          {links.map(({ href, words, isLow, lowShare = 0 }, place) => (
            <Link
              key={href}
              href={href}
              prefetch={false}
              data-place={place}
              aria-label={words}
              tabIndex={index === stop && place === 0 ? 0 : -1}
              onFocus={() => {
                setChosen(index);
                pointed.point(index);
              }}
              className="absolute inset-x-0 bottom-0 -outline-offset-2"
              style={{ height: isLow ? `max(0.75rem, ${lowShare * 100}%)` : "100%" }}
            />
          ))}
        </div>
      ))}
    </fieldset>
  );
}

const placeOf = (target: EventTarget) =>
  target instanceof HTMLElement ? Number(target.dataset.place ?? 0) : 0;
