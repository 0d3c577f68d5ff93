"use client";

import { useEngagement } from "@/app/_components/delivery/use-engagement";
import { useListKeys } from "@/app/_components/keyboard/use-list-keys";
import { HeadCell, Table } from "@/app/_components/ui/table";
import { Spacer, useVirtualRows } from "@/app/_components/ui/virtual-rows";
import { EventRow } from "./event-row";
import type { ListedEvent } from "./types";

/** Events as rows. Only those near the window are in the document, however many are loaded. */
export function EventTable({
  events,
  searched,
  onEngaged,
}: {
  events: ListedEvent[];
  /** The text that was looked for; "" for none. */
  searched: string;
  /** Hears whether somebody points at a row or has the focus on one: nothing should move then. */
  onEngaged: (isEngaged: boolean) => void;
}) {
  const listRef = useListKeys();
  useEngagement(listRef, onEngaged);
  const { shown, above, below, measure } = useVirtualRows(listRef, events.length);
  return (
    <div ref={listRef}>
      <Table label="Events" aria-rowcount={events.length} className="sm:table-fixed">
        <thead>
          <tr>
            <HeadCell className="sm:w-32">Outcome</HeadCell>
            <HeadCell className="sm:w-72">Event type</HeadCell>
            <HeadCell className="hidden md:table-cell">Event</HeadCell>
            <HeadCell className="hidden w-56 sm:table-cell">Webhooks</HeadCell>
            <HeadCell className="hidden w-24 text-right sm:table-cell">When</HeadCell>
          </tr>
        </thead>
        <tbody>
          <Spacer px={above} />
          {shown.map((index) => {
            const event = events[index];
            return (
              event && (
                // By place: a new event on top then moves words, not elements, and nothing jumps.
                <EventRow
                  key={String(index)}
                  event={event}
                  index={index}
                  measure={measure}
                  searched={searched}
                />
              )
            );
          })}
          <Spacer px={below} />
        </tbody>
      </Table>
    </div>
  );
}
