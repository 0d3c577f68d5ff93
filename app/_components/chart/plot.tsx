"use client";

import type { ReactNode } from "react";
import { formatTick } from "@/app/_components/time/span";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { timeTicks } from "./ticks";

/**
 * The axes of a chart and what is drawn between them, as wide as there is room. All charts have the same margins, so
 * that those above one another share their time. It measures nothing: its first drawing is the final one.
 */
export function Plot({
  label,
  ticks,
  formatValue,
  starts,
  children,
}: {
  label: string;
  /** Where the lines are, from zero to the top. */
  ticks: number[];
  formatValue: (value: number) => string;
  /** When each column begins, in epoch milliseconds. */
  starts: number[];
  children: ReactNode;
}) {
  const zone = useTimeZone();
  const top = ticks.at(-1) ?? 1;
  return (
    <figure aria-label={label} className="grid grid-cols-[3.5rem_minmax(0,1fr)] pt-5 text-xs text-faint">
      <div aria-hidden className="relative h-44">
        {ticks.map((tick) => (
          <span
            key={tick}
            className="absolute right-2 translate-y-1/2 leading-none whitespace-nowrap"
            style={{ bottom: `${(tick / top) * 100}%` }}
          >
            {formatValue(tick)}
          </span>
        ))}
      </div>
      <div className="relative h-44">
        {ticks.map((tick) => (
          <div
            key={tick}
            aria-hidden
            className="absolute inset-x-0 border-t border-line"
            style={{ bottom: `${(tick / top) * 100}%` }}
          />
        ))}
        {children}
      </div>
      <div aria-hidden className="relative col-start-2 h-5">
        {timeTicks(starts, zone).map(({ index, at, isDay }, place) => (
          <TimeTick key={at} share={index / starts.length} isThinnedOut={place % 2 === 1}>
            {formatTick(at, isDay, zone)}
          </TimeTick>
        ))}
      </div>
    </figure>
  );
}

/** Below where its column begins; the ones at the edges stay inside. On a phone there is room for every other. */
function TimeTick({
  share,
  isThinnedOut,
  children,
}: {
  share: number;
  isThinnedOut: boolean;
  children: ReactNode;
}) {
  const nearEdge = 0.06;
  const shift = share < nearEdge ? "" : share > 1 - nearEdge ? "-translate-x-full" : "-translate-x-1/2";
  return (
    <span
      className={`absolute top-1.5 whitespace-nowrap ${shift} ${isThinnedOut ? "max-sm:hidden" : ""}`}
      style={{ left: `${share * 100}%` }}
    >
      {children}
    </span>
  );
}
