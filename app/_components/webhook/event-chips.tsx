"use client";

import { Chip } from "@/app/_components/ui/chip";
import { Tooltip } from "@/app/_components/ui/tooltip";
import { trpc } from "@/app/_trpc/client";

/** Which events a webhook receives, as the first of them and how many more. */
export function EventChips({ events }: { events: string[] }) {
  const { data: types } = trpc.eventTypes.list.useQuery();
  const [first, ...others] = events;
  if (!first) return <Chip>no events</Chip>;
  if (others.length > 0 && events.length === types?.length) return <Chip>all {events.length} types</Chip>;
  if (others.length === 0) return <Chip>{first}</Chip>;
  return (
    <div className="flex items-center gap-1">
      <Chip>{first}</Chip>
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
          <Chip>+{others.length}</Chip>
        </button>
      </Tooltip>
    </div>
  );
}
