"use client";

import { Controller, type UseFormReturn, useWatch } from "react-hook-form";
import { part } from "@/app/_components/ui/part";
import type { WebhookFields } from "@/app/_components/webhook/form/webhook-fields";
import { missingIn } from "./row";

const ConditionsField = part(() => import("./conditions-field").then((m) => m.ConditionsField));

/** What is asked of the content of events, for the types that the form has chosen. */
export function FilterField({ form }: { form: UseFormReturn<WebhookFields> }) {
  const events = useWatch({ control: form.control, name: "events" });
  if (events.length === 0) return null;
  return (
    <Controller
      control={form.control}
      name="conditions"
      render={({ field, fieldState }) => (
        <ConditionsField
          events={events}
          conditions={field.value}
          error={fieldState.error?.message}
          onChange={field.onChange}
        />
      )}
    />
  );
}

/** Refuses to save a filter that is not filled in, and says what is missing. */
export function isFilterWhole(form: UseFormReturn<WebhookFields>, { conditions }: WebhookFields): boolean {
  const missing = Object.values(conditions ?? {})
    .map(missingIn)
    .find((each) => each !== null);
  if (missing !== undefined) form.setError("conditions", { message: missing }, { shouldFocus: true });
  return missing === undefined;
}
