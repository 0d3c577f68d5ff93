"use client";

import { useState } from "react";
import { useWebhookChange } from "@/app/_components/queue/use-webhook-change";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { toast } from "@/app/_components/ui/toast";
import { FormError } from "@/app/_components/webhook/form/form-error";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import { toSending, toSendingInput } from "./sending";
import { SendingFields } from "./sending-fields";
import { useSending } from "./use-sending";

/** The headers, the rate and the timeout of a webhook. Only what was changed is sent, so that nobody's edit is undone. */
export function SendingSettings({ webhook }: { webhook: Webhook }) {
  const { mayChange } = useSession();
  const saved = toSending(webhook);
  const isListener = webhook.listener !== null;
  const { sending, change, problems, check, refuse } = useSending(saved);
  const [error, setError] = useState<string>();
  const { show, settle } = useWebhookChange();
  const update = trpc.webhooks.update.useMutation({
    onSuccess: async (after) => {
      change(toSending(after));
      await show(after);
      toast.success("Saved");
      settle();
    },
    onError: (refusal) => setError(refuse(refusal) ? undefined : refusal.message),
  });
  const isNew = (field: keyof typeof saved) =>
    JSON.stringify(sending[field]) !== JSON.stringify(saved[field]);
  const isDirty = isNew("headers") || isNew("rate") || isNew("timeout");
  const save = () => {
    setError(undefined);
    if (!check()) return;
    const { headers, rate_limit, timeout_seconds } = toSendingInput(sending);
    update.mutate({
      webhook_id: webhook.id,
      headers: isNew("headers") ? headers : undefined,
      rate_limit: isNew("rate") ? rate_limit : undefined,
      timeout_seconds: isNew("timeout") ? timeout_seconds : undefined,
    });
  };
  return (
    <Card title={isListener ? "Headers" : "Headers, rate and timeout"}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <fieldset disabled={!mayChange} className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <SendingFields sending={sending} problems={problems} isListener={isListener} onChange={change} />
          {!isListener && (isNew("headers") || isNew("timeout")) && (
            <p className="text-sm text-muted">
              New headers or another timeout let go what is held and start the failure countdown anew.
            </p>
          )}
          <FormError message={error} />
          {mayChange && (
            <div className="flex flex-wrap items-center gap-2">
              <Button
                look="primary"
                type="submit"
                disabled={!isDirty || update.isPending}
                aria-busy={update.isPending}
              >
                Save sending
              </Button>
              {isDirty && <Button onClick={() => change(saved)}>Discard</Button>}
            </div>
          )}
        </fieldset>
      </form>
    </Card>
  );
}
