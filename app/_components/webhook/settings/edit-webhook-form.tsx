"use client";

import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useWebhookChange } from "@/app/_components/queue/use-webhook-change";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { toast } from "@/app/_components/ui/toast";
import { useTyped } from "@/app/_components/upgrade/typed";
import { FilterField, isFilterWhole } from "@/app/_components/webhook/filter/filter-field";
import { BackAgain } from "@/app/_components/webhook/form/back-again";
import { DescriptionField } from "@/app/_components/webhook/form/description-field";
import { EventPicker } from "@/app/_components/webhook/form/event-picker";
import { FormError } from "@/app/_components/webhook/form/form-error";
import { ReceivesNothing } from "@/app/_components/webhook/form/receives-nothing";
import { showFieldErrors } from "@/app/_components/webhook/form/show-field-errors";
import { UrlField } from "@/app/_components/webhook/form/url-field";
import type { WebhookFields } from "@/app/_components/webhook/form/webhook-fields";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";

/** URL, events and description of a webhook. Only what was changed is sent, so that nobody's edit is undone. */
export function EditWebhookForm({ webhook }: { webhook: Webhook }) {
  const { mayChange } = useSession();
  const form = useForm<WebhookFields>({
    mode: "onChange",
    defaultValues: {
      webhook_url: webhook.webhook_url,
      description: webhook.description ?? "",
      events: webhook.events,
      conditions: webhook.conditions,
      is_active: webhook.is_active,
    },
  });
  const { show, settle } = useWebhookChange();
  const update = trpc.webhooks.update.useMutation({
    onSuccess: async (saved) => {
      forget();
      await show(saved);
      toast.success("Saved");
      settle();
    },
    onError: (error) => showFieldErrors(form, error),
  });
  const { dirtyFields, isDirty } = form.formState;
  const [isBack, setIsBack] = useState(false);
  const { forget } = useTyped(
    `webhook/${webhook.id}`,
    isDirty ? form.watch() : undefined,
    (fields) => {
      form.reset(fields, { keepDefaultValues: true });
      setIsBack(true);
    },
    { isUnsaved: true },
  );
  const submit = form.handleSubmit((fields) => {
    if (!isFilterWhole(form, fields)) return;
    update.mutate({
      webhook_id: webhook.id,
      webhook_url: dirtyFields.webhook_url ? fields.webhook_url : undefined,
      description: dirtyFields.description ? fields.description || null : undefined,
      events: dirtyFields.events ? fields.events : undefined,
      conditions: dirtyFields.conditions ? fields.conditions : undefined,
    });
  });
  return (
    <Card title="Endpoint and events">
      <form onSubmit={submit} noValidate>
        <fieldset disabled={!mayChange} className="grid gap-5">
          {isBack && isDirty && <BackAgain onDiscard={() => form.reset()} />}
          {!webhook.listener && <UrlField form={form} />}
          {dirtyFields.webhook_url && (
            <p className="text-sm text-muted">
              A new URL lets go what is held and starts the failure countdown anew.
            </p>
          )}
          <Controller
            control={form.control}
            name="events"
            render={({ field }) => <EventPicker chosen={field.value} onChange={field.onChange} />}
          />
          <FilterField form={form} />
          <DescriptionField form={form} />
          <FormError message={form.formState.errors.root?.message} />
          {mayChange ? (
            <div className="flex flex-wrap items-center gap-2">
              <Button
                look="primary"
                type="submit"
                disabled={!isDirty || update.isPending}
                aria-busy={update.isPending}
              >
                Save changes
              </Button>
              {isDirty && <Button onClick={() => form.reset()}>Discard</Button>}
              <ReceivesNothing form={form} />
            </div>
          ) : (
            <p className="text-sm text-muted">
              As a viewer you see everything and change nothing. An owner can make you a member.
            </p>
          )}
        </fieldset>
      </form>
    </Card>
  );
}
