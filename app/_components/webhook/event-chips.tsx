"use client";

import { Chip } from "@/app/_components/ui/chip";
import { Tooltip } from "@/app/_components/ui/tooltip";
import { trpc } from "@/app/_trpc/client";
import { anyType } from "@/domain/filter/condition";

/** How many of all events a webhook receives, with their names on hover and focus. */
export function EventChips({ events }: { events: string[] }) {
  const { data: types } = trpc.eventTypes.list.useQuery({ include: "notices" });
  if (events.length === 0) return <Chip>no events</Chip>;
  if (events.includes(anyType)) return <Chip>every type</Chip>;
  if (events.length === types?.length) return <Chip>{`all ${events.length}`}</Chip>;
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
        aria-label={`${events.length} of ${types?.length ?? "…"} events: ${events.join(", ")}`}
        className="relative z-10 flex rounded-[5px]"
      >
        <Chip>{`${events.length} of ${types?.length ?? "…"}`}</Chip>
      </button>
    </Tooltip>
  );
}
