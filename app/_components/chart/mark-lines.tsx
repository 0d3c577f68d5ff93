"use client";

import { Flag, Settings2 } from "lucide-react";
import { formatClock } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { Tooltip } from "@/app/_components/ui/tooltip";
import { type ColumnTimes, type Marked, marksByColumn } from "./marks-by-column";

/** Lines through a chart where something happened. `isNamed` puts a button on top of each that says what. */
export function MarkLines({
  marks,
  columns,
  isNamed = false,
}: {
  marks: Marked[];
  columns: ColumnTimes[];
  isNamed?: boolean;
}) {
  const zone = useTimeZone();
  const now = useNow();
  return marksByColumn(marks, columns).map(({ share, marks: together }) => (
    <div key={share} className="absolute inset-y-0" style={{ left: `${share * 100}%` }}>
      <div aria-hidden className="pointer-events-none h-full border-l border-dashed border-accent" />
      {isNamed && (
        <Tooltip
          content={
            <ul className="grid gap-1">
              {together.map(({ id, at, name }) => (
                <li key={id} className="flex gap-2">
                  <span className="whitespace-nowrap text-faint">
                    {formatClock(Date.parse(at), now, zone)}
                  </span>
                  <span className="wrap-anywhere">{name}</span>
                </li>
              ))}
            </ul>
          }
        >
          <button
            type="button"
            aria-label={together.map(({ name }) => name).join("; ")}
            className="absolute bottom-full left-0 grid size-5 -translate-x-1/2 place-items-center rounded-sm text-accent"
          >
            {together.some(({ kind }) => kind === "posted") ? (
              <Flag aria-hidden className="size-3.5" />
            ) : (
              <Settings2 aria-hidden className="size-3.5" />
            )}
          </button>
        </Tooltip>
      )}
    </div>
  ));
}
