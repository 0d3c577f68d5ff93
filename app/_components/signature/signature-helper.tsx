"use client";

import { CircleAlert, CircleCheck, Info } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { Field } from "@/app/_components/ui/field";
import { Input, Textarea } from "@/app/_components/ui/input";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Select } from "@/app/_components/ui/select";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { useTyped } from "@/app/_components/upgrade/typed";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { FormError } from "@/app/_components/webhook/form/form-error";
import { type Outputs, trpc } from "@/app/_trpc/client";
import { Snippets } from "./snippets";

/** Says which secret and scheme a received request fits, or exactly what is wrong with it. */
export function SignatureHelper() {
  return (
    <>
      <PageHeader title="Signature helper" />
      <p className="-mt-2 mb-4 max-w-3xl text-muted">
        Your endpoint refuses a signature, and you don't see why? Paste what it received. It is compared with
        what was sent and with the webhook's secrets, on the server: they are never shown.
      </p>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <CheckForm />
        <Snippets />
      </div>
    </>
  );
}

function CheckForm() {
  const { get, replace } = useUrlState();
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery();
  const [headers, setHeaders] = useState("");
  const [body, setBody] = useState("");
  const [computed, setComputed] = useState("");
  useTyped("signature", { headers, body, computed }, (typed) => {
    setHeaders(typed.headers);
    setBody(typed.body);
    setComputed(typed.computed);
  });
  const check = trpc.signatures.check.useMutation();
  const chosen = webhooks.find(({ id }) => id === get("webhook")) ?? webhooks[0];
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
          check.mutate({ webhook_id: chosen.id, headers, body, computed });
        }}
      >
        <Field label="Webhook">
          {({ id }) => (
            <div>
              <Select
                id={id}
                label="Webhook"
                value={chosen.id}
                onChange={(webhook) => replace({ webhook })}
                choices={choices}
              />
            </div>
          )}
        </Field>
        <Field
          label="Headers"
          hint="As your log prints them: lines or JSON. X-Signature or the webhook-… headers."
        >
          {(ids) => (
            <Textarea
              {...ids}
              mono
              rows={6}
              spellCheck={false}
              value={headers}
              onChange={(event) => setHeaders(event.target.value)}
              placeholder={
                "webhook-id: …\nwebhook-timestamp: …\nwebhook-signature: v1,…\nx-signature: sha256=…"
              }
            />
          )}
        </Field>
        <Field label="Body" hint="The raw bytes, before any parser.">
          {(ids) => (
            <Textarea
              {...ids}
              mono
              rows={6}
              spellCheck={false}
              value={body}
              onChange={(event) => setBody(event.target.value)}
              placeholder={'{"id":"…","type":"…","created_at":"…","data":{…}}'}
            />
          )}
        </Field>
        <Field label="What your code computed" optional hint="The signature it compared with.">
          {(ids) => (
            <Input
              {...ids}
              mono
              spellCheck={false}
              value={computed}
              onChange={(event) => setComputed(event.target.value)}
            />
          )}
        </Field>
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

const looks = {
  ok: { icon: CircleCheck, colour: "text-ok" },
  bad: { icon: CircleAlert, colour: "text-bad" },
  info: { icon: Info, colour: "text-faint" },
};

function Findings({ findings }: { findings: Outputs["signatures"]["check"] }) {
  return (
    <ul aria-live="polite" className="grid gap-2">
      {findings.map(({ tone, text }) => {
        const { icon: Icon, colour } = looks[tone];
        return (
          <li key={text} className="flex gap-2">
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${colour}`} />
            <span className="min-w-0 wrap-anywhere">{text}</span>
          </li>
        );
      })}
    </ul>
  );
}
