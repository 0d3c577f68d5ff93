"use client";

import { ChevronRight } from "lucide-react";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { classNames } from "@/app/_components/ui/class-names";
import type { EventType } from "@/app/_components/webhook/types";
import type { Outputs } from "@/app/_trpc/client";
import { EntryDetails } from "./entry-details";

/** One type of event: when it happens and how often it was seen; opened, what it carries. */
export function CatalogueEntry({
  type,
  seen,
  countedBackTo,
  isOpen,
  onToggle,
}: {
  type: EventType;
  seen: Outputs["eventTypes"]["seen"]["types"][number] | undefined;
  /** Since when it was counted, when that is shorter than 30 days. */
  countedBackTo: string | null;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
}) {
  return (
    <div className="border-b border-line last:border-b-0">
      <div className="relative flex gap-2.5 px-3 py-2.5 hover:bg-hover">
        <h3 className="min-w-0 grow font-normal">
          <button
            type="button"
            data-row
            aria-expanded={isOpen}
            onClick={() => onToggle(!isOpen)}
            className="flex w-full items-start gap-2.5 text-left -outline-offset-2 after:absolute after:inset-0"
          >
            <ChevronRight
              aria-hidden
              className={classNames("mt-0.5 size-4 shrink-0 text-faint", isOpen && "rotate-90")}
            />
            <span className="min-w-0 grow">
              <span translate="no" className="mono block font-medium wrap-anywhere">
                {type.type}
              </span>
              <span className="text-muted">{type.description}</span>
            </span>
          </button>
        </h3>
        <p className="text-right text-sm whitespace-nowrap text-faint">
          {seen ? (
            <>
              <span className="block">
                <span>{countedWords(seen.count, countedBackTo)}</span>
                {countedBackTo && <RelativeTime at={countedBackTo} />}
              </span>
              <span>last seen</span> <RelativeTime at={seen.last_at} />
            </>
          ) : (
            <span>{countedBackTo ? "not seen lately" : "not seen yet"}</span>
          )}
        </p>
      </div>
      {isOpen && <EntryDetails type={type} />}
    </div>
  );
}

function countedWords(count: number, countedBackTo: string | null): string {
  return `${count.toLocaleString("en")} ${countedBackTo ? "since " : "in 30 days"}`;
}
