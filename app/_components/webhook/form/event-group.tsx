"use client";

import { Checkbox } from "@/app/_components/ui/checkbox";
import type { EventType } from "@/app/_components/webhook/types";

/** The event types of one target, with a tick box for all of them. */
export function EventGroup({
  target,
  types,
  chosen,
  onChange,
}: {
  target: string;
  types: EventType[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const names = types.map(({ type }) => type);
  const chosenHere = names.filter((name) => chosen.includes(name)).length;
  const toggle = (toggled: string[], isOn: boolean) =>
    onChange([...chosen.filter((name) => !toggled.includes(name)), ...(isOn ? toggled : [])]);
  return (
    <div className="bg-panel">
      <label className="flex items-center gap-2.5 border-b border-line bg-sunken px-3 py-1.5 text-xs font-medium text-faint">
        <Checkbox
          aria-label={`All of ${targetWords(target)}`}
          checked={chosenHere === 0 ? false : chosenHere === names.length ? true : "indeterminate"}
          onCheckedChange={(isOn) => toggle(names, isOn === true)}
        />
        {targetWords(target)}
      </label>
      {types.map(({ type, description }) => (
        <label
          key={type}
          className="flex gap-2.5 border-b border-line px-3 py-2 last:border-0 hover:bg-hover"
        >
          <span className="pt-0.5">
            <Checkbox
              aria-label={type}
              checked={chosen.includes(type)}
              onCheckedChange={(isOn) => toggle([type], isOn === true)}
            />
          </span>
          <span className="min-w-0">
            <span className="mono break-words">{type}</span>
            <span className="block text-sm text-muted">{description}</span>
          </span>
        </label>
      ))}
    </div>
  );
}

/** `NAME_SCREENING` as people say it. */
export const targetWords = (target: string) =>
  target === "CDD"
    ? "Customer due diligence (CDD)"
    : target.slice(0, 1) + target.slice(1).toLowerCase().replaceAll("_", " ");
