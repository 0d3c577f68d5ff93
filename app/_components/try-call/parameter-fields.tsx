"use client";

import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import type { ApiCall, Values } from "./request-of";

/** A field for each parameter but the customer, which belongs to the key. */
export function ParameterFields({
  call,
  values,
  onChange,
}: {
  call: ApiCall;
  values: Values;
  onChange: (name: string, value: string) => void;
}) {
  const shown = call.operation.parameters.filter(({ name }) => name !== "X-Customer-Id");
  if (shown.length === 0) return null;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {shown.map(({ name, in: place, description }) => (
        <Field key={name} label={name} optional={place !== "path"} hint={description}>
          {(ids) => (
            <Input
              {...ids}
              mono
              autoComplete="off"
              spellCheck={false}
              value={values[name] ?? ""}
              onChange={(event) => onChange(name, event.target.value.trim())}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
