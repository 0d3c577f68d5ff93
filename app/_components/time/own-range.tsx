"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { DialogBox } from "@/app/_components/ui/dialog-box";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { atLocal } from "@/domain/time/zone";
import { toInputValue } from "./span";
import type { TimeRange } from "./time-range";
import { useTimeZone } from "./time-zone";

/** Asks from and until when, by the clocks of the reader's time zone, which it names. */
export function OwnRange({
  open,
  onOpenChange,
  initial,
  onChoose,
}: {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Epoch milliseconds. */
  initial: { from: number; to: number };
  onChoose: (range: TimeRange) => void;
}) {
  const zone = useTimeZone();
  const formId = useId();
  return (
    <DialogBox
      open={open}
      onOpenChange={onOpenChange}
      title="From and to"
      description={`By the clocks of ${zone.replaceAll("_", " ")}, as in your settings.`}
      width="narrow"
      footer={
        <Button look="primary" type="submit" form={formId}>
          Show
        </Button>
      }
    >
      <RangeForm id={formId} zone={zone} initial={initial} onChoose={onChoose} />
    </DialogBox>
  );
}

function RangeForm({
  id,
  zone,
  initial,
  onChoose,
}: {
  id: string;
  zone: string;
  initial: { from: number; to: number };
  onChoose: (range: TimeRange) => void;
}) {
  const [from, setFrom] = useState(() => toInputValue(initial.from, zone));
  const [to, setTo] = useState(() => toInputValue(initial.to, zone));
  const [error, setError] = useState<string | null>(null);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const [begin, end] = [toMs(from, zone), to === "" ? null : toMs(to, zone)];
    if (begin === null) setError("Say from when.");
    else if (end !== null && end <= begin) setError("This has to be later than where it begins.");
    else
      onChoose({ from: new Date(begin).toISOString(), to: end === null ? "" : new Date(end).toISOString() });
  };
  return (
    <form id={id} onSubmit={onSubmit} className="grid gap-4 pt-1 sm:grid-cols-2">
      <Field label="From">
        {(ids) => (
          <Input
            {...ids}
            type="datetime-local"
            required
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
      </Field>
      <Field label="To" hint="Empty is now." error={error}>
        {(ids) => (
          <Input {...ids} type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
        )}
      </Field>
    </form>
  );
}

/** Epoch milliseconds of what a `datetime-local` input holds. */
function toMs(value: string, zone: string): number | null {
  const [year, month, day, hour, minute] = value.split(/\D/).map(Number);
  if (!year || !month || !day || hour === undefined || minute === undefined) return null;
  return atLocal({ year, month, day, hour, minute }, zone);
}
