"use client";

import { useState } from "react";
import { OnceOpen, part } from "@/app/_components/ui/part";
import { Select } from "@/app/_components/ui/select";
import { useNow } from "./now";
import { formatSpan } from "./span";
import { type Preset, presets, spanOf, type TimeRange } from "./time-range";
import { useTimeZone } from "./time-zone";

const OwnRange = part(() => import("./own-range").then((m) => m.OwnRange));

const own = "own";
/** Apart from the one in force, so that it can be chosen once more. */
const other = "other";

/** Chooses a time: the latest hours or days, today, yesterday, or from and to. `anyTime` offers not to choose. */
export function RangePicker({
  label,
  value,
  onChange,
  anyTime = false,
}: {
  label: string;
  value: TimeRange | null;
  onChange: (range: TimeRange | null) => void;
  anyTime?: boolean;
}) {
  const zone = useTimeZone();
  const now = useNow();
  const [isAsking, setAsking] = useState(false);
  const isOwn = value !== null && !("preset" in value);
  const span = value && spanOf(value, now, zone);
  const onPick = (picked: string) => {
    if (picked === other) setAsking(true);
    else onChange(picked === "" ? null : { preset: picked as Preset });
  };
  return (
    <>
      <Select
        label={label}
        value={value === null ? "" : isOwn ? own : value.preset}
        isSet={anyTime && value !== null}
        onChange={onPick}
        choices={[
          ...(anyTime ? [{ value: "", label: "Any time" }] : []),
          ...Object.entries(presets).map(([preset, { words }]) => ({ value: preset, label: words })),
          ...(isOwn && span
            ? [{ value: own, label: formatSpan(span.since, span.until ?? now, now, zone) }]
            : []),
          { value: other, label: "From … to …" },
        ]}
      />
      <OnceOpen open={isAsking}>
        <OwnRange
          open={isAsking}
          onOpenChange={setAsking}
          initial={span ? { from: span.since, to: span.until ?? now } : { from: now - 3_600_000, to: now }}
          onChoose={(range) => {
            setAsking(false);
            onChange(range);
          }}
        />
      </OnceOpen>
    </>
  );
}
