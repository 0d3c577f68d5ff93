"use client";

import Link from "next/link";
import { HitLine } from "@/app/_components/search/hit-line";
import { StateBadge } from "@/app/_components/status/state-badge";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { BreakableName } from "@/app/_components/ui/breakable-name";
import { classNames } from "@/app/_components/ui/class-names";
import { Cell, Row } from "@/app/_components/ui/table";
import { outcomeOf } from "./event-outcome";
import type { ListedEvent } from "./types";

/** One event in the list. All of the row opens what became of it. */
export function EventRow({
  event,
  index,
  measure,
  searched,
}: {
  event: ListedEvent;
  /** Its place in the list; with `measure` the virtual list learns how high it is. */
  index: number;
  measure: (row: HTMLTableRowElement | null) => void;
  /** The text that was looked for; "" for none. */
  searched: string;
}) {
  const { state, words } = outcomeOf(event);
  const query = searched === "" ? "" : `?${new URLSearchParams({ q: searched })}`;
  return (
    <Row ref={measure} data-index={index} className="relative h-[45px]">
      <Cell>
        <StateBadge state={state} />
      </Cell>
      <Cell>
        <Link
          href={`/dashboard/events/${event.id}${query}`}
          prefetch={false}
          data-row
          translate="no"
          className="mono -outline-offset-2 after:absolute after:inset-0"
        >
          <BreakableName name={event.type} />
        </Link>
        <HitLine hit={event.hit} text={searched} />
        <RelativeTime at={event.created_at} className="block text-xs text-faint sm:hidden" />
      </Cell>
      <Cell translate="no" className="mono hidden truncate text-faint md:table-cell">
        <span className={classNames(searched === event.id && "bg-warn-ground text-ink")}>{event.id}</span>
      </Cell>
      <Cell className="hidden text-muted sm:table-cell">{words}</Cell>
      <Cell className="hidden text-right whitespace-nowrap text-muted sm:table-cell">
        <RelativeTime at={event.created_at} />
      </Cell>
    </Row>
  );
}
