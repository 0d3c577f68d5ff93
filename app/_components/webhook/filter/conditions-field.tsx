"use client";

import { useState } from "react";
import { Segmented } from "@/app/_components/ui/segmented";
import { anyType, type Conditions } from "@/domain/filter/condition";
import { AddType } from "./add-type";
import { ConditionsJson } from "./conditions-json";
import { FilterPreview } from "./filter-preview";
import { missingIn } from "./row";
import { TypeConditions } from "./type-conditions";

/** Narrows events by what they hold: by type, as a form or as the API's JSON, with what it would have done lately. */
export function ConditionsField({
  events,
  conditions,
  error,
  onChange,
}: {
  events: string[];
  conditions: Conditions | null;
  error: string | undefined;
  onChange: (conditions: Conditions | null) => void;
}) {
  const [view, setView] = useState("form");
  const entries = Object.entries(conditions ?? {});
  const set = (next: [string, Conditions[string]][]) =>
    onChange(next.length > 0 ? Object.fromEntries(next) : null);
  const missing = entries.map(([, condition]) => missingIn(condition)).find((each) => each !== null) ?? null;
  return (
    <fieldset className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <legend className="float-left mb-1.5 font-medium">Only events whose data fits</legend>
      <div className="clear-both flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-faint">What does not fit is not sent, and the event says why.</p>
        <Segmented
          label="Edit the filter as"
          value={view}
          onChange={setView}
          choices={[
            { value: "form", label: "Form" },
            { value: "json", label: "JSON" },
          ]}
        />
      </div>
      {view === "json" ? (
        <ConditionsJson conditions={conditions} onChange={onChange} />
      ) : (
        <>
          {entries.map(([type, condition]) => (
            <TypeConditions
              key={type}
              type={type}
              events={events}
              condition={condition}
              onChange={(next) => set(entries.map((entry) => (entry[0] === type ? [type, next] : entry)))}
              onRemove={() => set(entries.filter(([each]) => each !== type))}
            />
          ))}
          <AddType
            events={events}
            taken={entries.map(([type]) => type)}
            onAdd={(type, condition) =>
              // What is for all others comes last, as it is read.
              set(
                [...entries, [type, condition] as const].toSorted(
                  ([a], [b]) => Number(a === anyType) - Number(b === anyType),
                ) as typeof entries,
              )
            }
          />
        </>
      )}
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
      {conditions && <FilterPreview events={events} conditions={conditions} missing={missing} />}
    </fieldset>
  );
}
