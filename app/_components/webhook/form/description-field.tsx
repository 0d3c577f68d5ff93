"use client";

import { type UseFormReturn, useFormState } from "react-hook-form";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { webhookLimits } from "@/domain/limits";
import type { WebhookFields } from "./webhook-fields";

/** Words that tell people what the webhook is for. */
export function DescriptionField({ form }: { form: UseFormReturn<WebhookFields> }) {
  const { errors } = useFormState({ control: form.control, name: "description" });
  return (
    <Field label="Description" optional error={errors.description?.message}>
      {(ids) => (
        <Input
          {...ids}
          {...form.register("description", {
            maxLength: {
              value: webhookLimits.description,
              message: `Use at most ${webhookLimits.description} characters.`,
            },
          })}
          autoComplete="off"
          placeholder="What receives these events"
        />
      )}
    </Field>
  );
}
