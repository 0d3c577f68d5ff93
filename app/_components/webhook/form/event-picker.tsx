"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Input } from "@/app/_components/ui/input";
import { countEvents } from "@/app/_components/webhook/event-counts";
import type { EventType } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import { anyType } from "@/domain/filter/condition";
import { allPublished, eventsFor, typesOf } from "./chosen-types";
import { EventGroup, EventOption } from "./event-group";

/** Chooses event types: grouped by what they are about, with words, all or none, and a search. */
export function EventPicker({
  chosen,
  onChange,
}: {
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const { data: types = [] } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const [search, setSearch] = useState("");
  const isAll = chosen.includes(anyType);
  const names = types.map(({ type }) => type);
  const chosenTypes = typesOf(chosen, names);
  const counts = countEvents(chosen, names);
  const choose = (next: string[]) => onChange(eventsFor(next, chosen, names));
  const shown = types.filter(({ type, description }) =>
    `${type} ${description}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium">Events</legend>
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label="Search event types"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="max-w-36 sm:max-w-56"
        />
        <span className="text-muted" aria-live="polite">
          {`${counts.published} of ${counts.of}${counts.notices > 0 ? ` + ${counts.notices} ${counts.notices === 1 ? "notice" : "notices"}` : ""}`}
        </span>
        <div className="grow" />
        <Button size="small" look="quiet" onClick={() => onChange(allPublished(chosen, names))}>
          All
        </Button>
        <Button size="small" look="quiet" onClick={() => onChange([])}>
          None
        </Button>
      </div>
      <div className="grid gap-px overflow-hidden rounded-lg border border-line">
        <EventOption
          label={
            <>
              <span className="font-medium">Every type that the platform publishes</span>
              <span className="block text-sm text-muted">Also those that are added later.</span>
            </>
          }
          checked={isAll}
          onToggle={(isOn) =>
            onChange(
              isOn
                ? eventsFor([...chosenTypes, ...typesOf([anyType], names)], [...chosen, anyType], names)
                : chosenTypes,
            )
          }
          className="bg-panel hover:bg-hover"
        />
        {[...groupByTarget(shown)].map(([target, group]) => (
          <EventGroup key={target} target={target} types={group} chosen={chosenTypes} onChange={choose} />
        ))}
        {shown.length === 0 && <p className="px-3 py-4 text-muted">{`No event type matches “${search}”.`}</p>}
      </div>
      {chosen.length > 0 && <Preview events={chosen} />}
    </fieldset>
  );
}

export function groupByTarget(types: EventType[]): Map<string, EventType[]> {
  const groups = new Map<string, EventType[]>();
  for (const type of types) groups.set(type.target_type, [...(groups.get(type.target_type) ?? []), type]);
  return groups;
}

function Preview({ events }: { events: string[] }) {
  const { data } = trpc.webhooks.preview.useQuery(
    { events: events.toSorted() },
    { placeholderData: (before) => before },
  );
  if (!data) return <p className="text-sm text-faint">&nbsp;</p>;
  return (
    <p className="text-sm text-faint">
      {`In the last ${data.days} days ${data.is_complete ? "" : "at least "}${data.count.toLocaleString("en")} ${data.count === 1 ? "event was" : "events were"} of these types.`}
    </p>
  );
}
