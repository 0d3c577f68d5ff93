"use client";

import { useId, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { DialogContent } from "@/app/_components/ui/dialog";
import { DialogButtons } from "@/app/_components/ui/dialog-buttons";
import { toast } from "@/app/_components/ui/toast";
import { useTyped } from "@/app/_components/upgrade/typed";
import { FilterField, isFilterWhole } from "@/app/_components/webhook/filter/filter-field";
import { trpc } from "@/app/_trpc/client";
import { nothingWritten, toSendingInput, withoutSecrets } from "../sending/sending";
import { SendingFold } from "../sending/sending-fold";
import { useSending } from "../sending/use-sending";
import { BackAgain } from "./back-again";
import { DescriptionField } from "./description-field";
import { EventPicker } from "./event-picker";
import { ExampleReceivers } from "./example-receivers";
import { FormError } from "./form-error";
import { ReceivesNothing } from "./receives-nothing";
import { SecretChoice, type SecretWay } from "./secret-choice";
import { generateSecret, secretProblem } from "./secret-problem";
import { showFieldErrors } from "./show-field-errors";
import { UrlField } from "./url-field";
import { emptyFields, type WebhookFields } from "./webhook-fields";

const typeSecretAgain = "Type the secret again: secrets are not kept while the form is closed.";

/** Registers a webhook. `onCreated` gets the secret when one was generated: it is never shown again. */
export function CreateWebhookForm({
  initialEvents,
  onCreated,
}: {
  initialEvents: string[];
  onCreated: (webhookId: string, generatedSecret: string | null) => void;
}) {
  const formId = useId();
  const form = useForm<WebhookFields>({
    defaultValues: { ...emptyFields, events: initialEvents },
    mode: "onChange",
  });
  const [way, setWay] = useState<SecretWay>("generate");
  const [ownSecret, setOwnSecret] = useState("");
  const { sending, change, problems, check, refuse } = useSending(nothingWritten);
  const [isBack, setIsBack] = useState(false);
  const isTyped = form.formState.isDirty || ownSecret !== "" || sending !== nothingWritten;
  const { forget } = useTyped(
    "new-webhook",
    isTyped
      ? { fields: form.watch(), way, hadSecret: ownSecret !== "", sending: withoutSecrets(sending) }
      : undefined,
    ({ fields, way, hadSecret, sending }) => {
      form.reset(fields, { keepDefaultValues: true });
      setWay(way);
      change(sending);
      if (hadSecret) form.setError("root", { message: typeSecretAgain });
      setIsBack(true);
    },
    { isUnsaved: true },
  );
  const utils = trpc.useUtils();
  const create = trpc.webhooks.create.useMutation({
    onSuccess: async (webhook, { secret }) => {
      utils.webhooks.list.setData(undefined, (list) => list && [webhook, ...list]);
      forget();
      toast.success("Webhook added");
      onCreated(webhook.id, way === "generate" ? (secret ?? null) : null);
      await Promise.all([utils.webhooks.list.invalidate(), utils.stats.invalidate()]);
    },
    onError: (error) => {
      if (!refuse(error)) showFieldErrors(form, error);
    },
  });
  const startAfresh = () => {
    form.reset({ ...emptyFields, events: initialEvents });
    setWay("generate");
    setOwnSecret("");
    change(nothingWritten);
  };
  const submit = form.handleSubmit((fields) => {
    if (!isFilterWhole(form, fields)) return;
    if (way === "own" && secretProblem(ownSecret)) {
      return form.setError("root", { message: secretProblem(ownSecret) ?? "" });
    }
    if (!check()) return;
    const secret = { generate: generateSecret(), own: ownSecret, none: undefined }[way];
    create.mutate({
      ...fields,
      description: fields.description || undefined,
      secret,
      ...toSendingInput(sending),
    });
  });
  return (
    <DialogContent
      title="New webhook"
      description="Tell us where to send events, and which."
      footer={
        <>
          <ReceivesNothing form={form} />
          <DialogButtons type="submit" form={formId} isBusy={create.isPending}>
            Add webhook
          </DialogButtons>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-5 pt-1">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {isBack && isTyped && <BackAgain onDiscard={startAfresh} />}
          <UrlField form={form} />
          <ExampleReceivers
            onChoose={(url) => form.setValue("webhook_url", url, { shouldDirty: true, shouldValidate: true })}
          />
        </div>
        <Controller
          control={form.control}
          name="events"
          render={({ field }) => <EventPicker chosen={field.value} onChange={field.onChange} />}
        />
        <FilterField form={form} />
        <SecretChoice way={way} onWay={setWay} own={ownSecret} onOwn={setOwnSecret} />
        <DescriptionField form={form} />
        <SendingFold sending={sending} problems={problems} onChange={change} />
        <FormError message={form.formState.errors.root?.message} />
      </form>
    </DialogContent>
  );
}
