"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Select } from "@/app/_components/ui/select";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { trpc } from "@/app/_trpc/client";
import { listsType } from "@/domain/event/lists-type";
import { anyType, type Condition } from "@/domain/filter/condition";
import { newRow, toCondition } from "./row";

/** Begins a condition for one of the types that have none yet, or for all of these. */
export function AddType({
  events,
  taken,
  onAdd,
}: {
  events: string[];
  taken: string[];
  onAdd: (type: string, condition: Condition) => void;
}) {
  const { data: types = [] } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const free = types
    .map(({ type }) => type)
    .filter((type) => listsType(events, type) && !taken.includes(type));
  const choices = [
    ...(taken.includes(anyType)
      ? []
      : [{ value: anyType, label: taken.length === 0 ? "Every type" : "Every other type" }]),
    ...free.map((type) => ({ value: type, label: <Untranslated>{type}</Untranslated> })),
  ];
  const [chosen, setChosen] = useState(anyType);
  const type = choices.find(({ value }) => value === chosen)?.value ?? choices[0]?.value;
  if (type === undefined) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select label="Type of event to filter" value={type} onChange={setChosen} choices={choices} />
      <Button size="small" onClick={() => onAdd(type, toCondition(newRow("", "text")))}>
        <Plus aria-hidden className="size-3.5" />
        <span>Add a condition</span>
      </Button>
    </div>
  );
}
