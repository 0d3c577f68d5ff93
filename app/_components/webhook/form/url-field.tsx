"use client";

import { type UseFormReturn, useFormState, useWatch } from "react-hook-form";
import { useServerFacts } from "@/app/_components/facts/server-facts";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { isPrivateTarget } from "@/domain/webhook/target";
import { OwnMachineHint } from "./own-machine-hint";
import { urlProblem } from "./url-problem";
import type { WebhookFields } from "./webhook-fields";

/** The endpoint's URL, checked by the server's own rules while it is typed. */
export function UrlField({ form }: { form: UseFormReturn<WebhookFields> }) {
  const { allowsPrivateTargets } = useServerFacts();
  const url = useWatch({ control: form.control, name: "webhook_url" });
  const { errors } = useFormState({ control: form.control, name: "webhook_url" });
  const isOwnMachine = errors.webhook_url !== undefined && isPrivateTarget(url.trim());
  return (
    <>
      <Field
        label="Endpoint URL"
        hint="Events are sent there as POST requests with a JSON body. It must be https."
        error={errors.webhook_url?.message}
      >
        {(ids) => (
          <Input
            {...ids}
            {...form.register("webhook_url", {
              setValueAs: (value: string) => value.trim(),
              validate: (value) => urlProblem(value, allowsPrivateTargets) ?? true,
            })}
            mono
            type="url"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://example.com/webhooks"
          />
        )}
      </Field>
      {isOwnMachine && <OwnMachineHint allowsPrivateTargets={allowsPrivateTargets} />}
    </>
  );
}
