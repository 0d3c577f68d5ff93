"use client";

import { Chip } from "@/app/_components/ui/chip";
import { Tooltip } from "@/app/_components/ui/tooltip";
import { trpc } from "@/app/_trpc/client";
import { anyType } from "@/domain/filter/condition";
import { eventWords } from "./event-counts";
import type { Webhook } from "./types";

/** How many of all events a webhook receives, with their names on hover and focus, and whether their content is filtered. */
export function EventChips({ webhook: { events, conditions } }: { webhook: Webhook }) {
  return (
    <>
      <ListedEvents events={events} />
      {conditions && <Chip>filtered</Chip>}
    </>
  );
}

function ListedEvents({ events }: { events: string[] }) {
  const { data: types } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const words = types
    ? eventWords(
        events,
        types.map(({ type }) => type),
      )
    : "…";
  const isPlain = events.every((event) => event === anyType);
  if (isPlain) return <Chip>{words}</Chip>;
  return (
    <Tooltip
      content={
        <ul translate="no" className="mono">
          {events.map((event) => (
            <li key={event}>{event}</li>
          ))}
        </ul>
      }
    >
      <button
        type="button"
        aria-label={`Events, ${words}: ${events.join(", ")}`}
        className="relative z-10 flex rounded-[5px]"
      >
        <Chip>{words}</Chip>
      </button>
    </Tooltip>
  );
}
