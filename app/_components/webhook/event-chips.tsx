"use client";

import { Chip } from "@/app/_components/ui/chip";
import { Tooltip } from "@/app/_components/ui/tooltip";
import { trpc } from "@/app/_trpc/client";

/** Which events a webhook receives: the only one, or how many of all, with the list on hover and focus. */
export function EventChips({ events }: { events: string[] }) {
  const { data: types } = trpc.eventTypes.list.useQuery();
  const [first, ...others] = events;
  if (!first) return <Chip>no events</Chip>;
  if (others.length > 0 && events.length === types?.length) return <Chip>all {events.length} types</Chip>;
  if (others.length === 0) return <Chip>{first}</Chip>;
  return (
    <Tooltip
      content={
        <ul className="mono">
          {events.map((event) => (
            <li key={event}>{event}</li>
          ))}
        </ul>
      }
    >
      <button
        type="button"
        aria-label={`All ${events.length} events`}
        className="relative z-10 flex rounded-[5px]"
      >
        <Chip>
          {events.length} of {types?.length ?? "…"}
        </Chip>
      </button>
    </Tooltip>
  );
}
