"use client";

import { type ReactNode, useId } from "react";
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
      <EventOption
        label={<span className="text-xs font-medium text-faint">{targetWords(target)}</span>}
        checked={chosenHere === 0 ? false : chosenHere === names.length ? true : "indeterminate"}
        onToggle={(isOn) => toggle(names, isOn)}
        className="bg-sunken"
      />
      {types.map(({ type, description }) => (
        <EventOption
          key={type}
          label={
            <>
              <span translate="no" className="mono break-words">
                {type}
              </span>
              <span className="block text-sm text-muted">{description}</span>
            </>
          }
          checked={chosen.includes(type)}
          onToggle={(isOn) => toggle([type], isOn)}
          className="hover:bg-hover"
        />
      ))}
    </div>
  );
}

/** A tick box with words beside it. */
export function EventOption({
  label,
  checked,
  onToggle,
  className,
}: {
  label: ReactNode;
  checked: boolean | "indeterminate";
  onToggle: (isOn: boolean) => void;
  className: string;
}) {
  const id = useId();
  return (
    <div className={`flex gap-2.5 border-b border-line px-3 py-2 last:border-0 ${className}`}>
      <span className="pt-0.5">
        <Checkbox id={id} checked={checked} onCheckedChange={(isOn) => onToggle(isOn === true)} />
      </span>
      <label htmlFor={id} className="min-w-0 grow">
        {label}
      </label>
    </div>
  );
}

const ownWords = { CDD: "Customer due diligence (CDD)", WEBHOOK: "About your webhooks" };

/** `NAME_SCREENING` as people say it. */
export const targetWords = (target: string) =>
  target in ownWords
    ? ownWords[target as keyof typeof ownWords]
    : target.slice(0, 1) + target.slice(1).toLowerCase().replaceAll("_", " ");
