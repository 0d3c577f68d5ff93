"use client";

import { useState } from "react";
import { useIsPaused } from "@/app/_components/status/use-is-paused";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { DialogContent } from "@/app/_components/ui/dialog";
import { DialogButtons } from "@/app/_components/ui/dialog-buttons";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import { ranges } from "./delivery-query";
import { eventsWords } from "./events-words";
import { TryOneFirst } from "./try-one-first";

const choices = Object.entries(ranges).map(([value, { words }]) => ({ value, label: words }));

/** Chooses what is sent again: from when, and whether missed events are included. */
export function RecoverForm({ webhookId, onDone }: { webhookId: string; onDone: () => void }) {
  const [openedAt] = useState(Date.now);
  const [range, setRange] = useState<keyof typeof ranges>("24h");
  const [withMissed, setWithMissed] = useState(false);
  const input = {
    webhook_id: webhookId,
    since: new Date(openedAt - ranges[range].ms).toISOString(),
    include: withMissed ? (["failed", "missed"] as const) : (["failed"] as const),
  };
  const { data, error, refetch } = trpc.webhooks.countRecoverable.useQuery(
    { ...input, include: [...input.include] },
    // Counting may read a month of events: it is not done again whenever all that is shown is refreshed.
    { staleTime: "static" },
  );
  const utils = trpc.useUtils();
  const isPaused = useIsPaused(webhookId);
  const recover = trpc.webhooks.recover.useMutation({
    onSuccess: async (started) => {
      const words = eventsWords(started);
      toast(
        isPaused ? `${words} held until the webhook is resumed, and sent then` : `${words} on the way again`,
      );
      onDone();
      await utils.webhooks.runningRecoveries.invalidate();
    },
    onError: (refusal) => toast.error(refusal.message),
  });
  const isNothing = data === undefined || (data.count === 0 && data.is_complete);
  return (
    <DialogContent
      title="Recover deliveries"
      description="Sends again what did not arrive, under the same event ids."
      width="narrow"
      footer={
        <DialogButtons
          isBusy={recover.isPending}
          disabled={isNothing}
          onClick={() => recover.mutate({ ...input, include: [...input.include] })}
        >
          {resendWords(data, error !== null)}
        </DialogButtons>
      }
    >
      <div className="grid gap-4 pt-1">
        <Field label="From">
          {({ id }) => (
            <Select
              id={id}
              label="From"
              value={range}
              onChange={(value) => setRange(value as keyof typeof ranges)}
              choices={choices}
            />
          )}
        </Field>
        <div className="flex gap-2.5">
          <span className="pt-0.5">
            <Checkbox
              id="with-missed"
              checked={withMissed}
              onCheckedChange={(on) => setWithMissed(on === true)}
            />
          </span>
          <label htmlFor="with-missed">
            <span className="block">Missed ones too</span>
            <span className="block text-sm text-muted">
              Events that matched, but came while this webhook was off or did not exist yet.
            </span>
          </label>
        </div>
        {data && !isPaused && (
          <TryOneFirst webhookId={webhookId} counted={data} onTried={() => void refetch()} />
        )}
        <p aria-live="polite" className="text-muted">
          {error?.message ?? (data ? `This resends ${eventsWords(data)} to 1 webhook.` : "Counting…")}
        </p>
      </div>
    </DialogContent>
  );
}

type Counted = { count: number; is_complete: boolean };

function resendWords(counted: Counted | undefined, isUnknown: boolean): string {
  if (counted === undefined) return isUnknown ? "Resend" : "Counting…";
  return counted.count === 0 && counted.is_complete ? "Nothing to resend" : `Resend ${eventsWords(counted)}`;
}
