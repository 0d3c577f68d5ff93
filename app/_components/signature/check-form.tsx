"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { Field } from "@/app/_components/ui/field";
import { Textarea } from "@/app/_components/ui/input";
import { Select } from "@/app/_components/ui/select";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { useTyped } from "@/app/_components/upgrade/typed";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { FormError } from "@/app/_components/webhook/form/form-error";
import { trpc } from "@/app/_trpc/client";
import { Findings } from "./findings";
import { type Pasted, useNamedAttempt } from "./use-named-attempt";

const nothing: Pasted = { headers: "", body: "", computed: "" };

/** Takes what an endpoint received and has it checked. An attempt that the address names is filled in, and checked at once. */
export function CheckForm() {
  const { get, replace } = useUrlState();
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery();
  const [pasted, setPasted] = useState(nothing);
  const [isFilled, setIsFilled] = useState(false);
  const check = trpc.signatures.check.useMutation();
  const eventId = get("event");
  useTyped(`signature/${eventId}`, pasted === nothing || isFilled ? undefined : pasted, setPasted);
  const named = { webhookId: get("webhook"), eventId, attempt: get("attempt") };
  const submit = (webhookId: string, given: Pasted) =>
    check.mutate({ webhook_id: webhookId, ...given, event_id: eventId || undefined });
  useNamedAttempt(named, (attempt) => {
    if (pasted.headers !== "" || pasted.body !== "") return; // typed before it came
    setPasted(attempt);
    setIsFilled(true);
    submit(named.webhookId, attempt);
  });
  const chosen = webhooks.find(({ id }) => id === named.webhookId) ?? webhooks[0];
  const choices = webhooks.map(({ id, webhook_url, description }) => ({
    value: id,
    label: <Untranslated>{webhook_url.replace("https://", "")}</Untranslated>,
    hint: description,
  }));
  if (!chosen)
    return (
      <Card>
        <p>Add a webhook first: its secret is what signatures are made with.</p>
      </Card>
    );
  return (
    <Card title="What your endpoint received">
      <form
        className="grid grid-cols-[minmax(0,1fr)] gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit(chosen.id, pasted);
        }}
      >
        {isFilled && (
          <p className="text-sm text-muted">
            This is the attempt as it was sent, and what your endpoint answered. Put what your log shows in
            its place to have the two compared: signatures are not kept.
          </p>
        )}
        <Field label="Webhook">
          {({ id }) => (
            <div>
              <Select
                id={id}
                label="Webhook"
                value={chosen.id}
                onChange={(webhook) => replace({ webhook, event: null, attempt: null })}
                choices={choices}
              />
            </div>
          )}
        </Field>
        <PastedField
          label="Headers"
          hint="As your log prints them, in whatever language. A whole request will do, or a gateway's event."
          placeholder={"webhook-id: …\nwebhook-timestamp: …\nwebhook-signature: v1,…\nx-signature: sha256=…"}
          value={pasted.headers}
          onChange={(headers) => setPasted({ ...pasted, headers })}
        />
        <PastedField
          label="Body"
          hint="The raw bytes, before any parser. What was sent is taken when it is empty."
          placeholder={'{"id":"…","type":"…","created_at":"…","data":{…}}'}
          value={pasted.body}
          onChange={(body) => setPasted({ ...pasted, body })}
        />
        <PastedField
          label="What your code said or computed"
          optional
          rows={2}
          hint="The words of its error, with the time of the line, or the signature it compared with."
          value={pasted.computed}
          onChange={(computed) => setPasted({ ...pasted, computed })}
        />
        <FormError message={check.error?.message} />
        <div>
          <Button look="primary" type="submit" disabled={check.isPending} aria-busy={check.isPending}>
            Check
          </Button>
        </div>
        <Findings findings={check.data ?? []} />
      </form>
    </Card>
  );
}

function PastedField({
  label,
  hint,
  optional,
  placeholder,
  rows = 6,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  optional?: boolean;
  placeholder?: string;
  rows?: number;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label} optional={optional} hint={hint}>
      {(ids) => (
        <Textarea
          {...ids}
          mono
          rows={rows}
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          placeholder={placeholder}
        />
      )}
    </Field>
  );
}
