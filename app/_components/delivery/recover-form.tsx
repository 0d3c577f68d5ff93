"use client";

import { useState } from "react";
import { useIsPaused } from "@/app/_components/status/use-is-paused";
import { RangePicker } from "@/app/_components/time/range-picker";
import { spanOf, type TimeRange } from "@/app/_components/time/time-range";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { DialogContent } from "@/app/_components/ui/dialog";
import { DialogButtons } from "@/app/_components/ui/dialog-buttons";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import { eventsWords } from "./events-words";
import { TryOneFirst } from "./try-one-first";

/** Chooses what is sent again: from when, and whether missed events are included. */
export function RecoverForm({ webhookId, onDone }: { webhookId: string; onDone: () => void }) {
  const [openedAt] = useState(Date.now);
  const zone = useTimeZone();
  const [range, setRange] = useState<TimeRange>({ preset: "24h" });
  const { since, until } = spanOf(range, openedAt, zone);
  const [withMissed, setWithMissed] = useState(false);
  const input = {
    webhook_id: webhookId,
    since: new Date(since).toISOString(),
    until: until === null ? undefined : new Date(Math.min(until, openedAt)).toISOString(),
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
        <div className="grid justify-items-start gap-1.5">
          <span className="font-medium">Accepted</span>
          <RangePicker label="Accepted" value={range} onChange={(chosen) => chosen && setRange(chosen)} />
        </div>
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
