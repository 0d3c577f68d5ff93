"use client";

import { useState } from "react";
import { eventsWords } from "@/app/_components/delivery/events-words";
import { useWebhookChange } from "@/app/_components/queue/use-webhook-change";
import { useSession } from "@/app/_components/session/session-provider";
import { Switch } from "@/app/_components/ui/switch";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import { SwitchOnDialog } from "./switch-on-dialog";
import type { Webhook } from "./types";
import { missedSince } from "./use-missed";

type Missed = { count: number; is_complete: boolean };

/**
 * Switches a webhook on or off. It shows at once, and falls back when the server refuses. When events were missed
 * while it was off, switching it on asks whether to send them. A listener is on for as long as it is there.
 */
export function ActiveSwitch({ webhook }: { webhook: Webhook }) {
  const { mayChange } = useSession();
  const utils = trpc.useUtils();
  const { show, settle } = useWebhookChange();
  const [asked, setAsked] = useState<{ since: string; missed: Missed } | null>(null);
  const [isCounting, setIsCounting] = useState(false);
  const update = trpc.webhooks.update.useMutation({
    onMutate: ({ is_active }) =>
      show({ ...webhook, is_active: is_active ?? webhook.is_active, status: expectedStatus(is_active) }),
    onError: (error) => {
      toast.error(error.message);
      return show(webhook);
    },
    onSuccess: show,
    onSettled: settle,
  });
  const recover = trpc.webhooks.recover.useMutation({
    onSuccess: async (started) => {
      toast(`Switched on. ${eventsWords(started)} on the way, with what was held.`);
      await utils.recoveries.list.invalidate();
    },
    onError: (error) => toast.error(`Switched on, but what was missed is not on its way: ${error.message}`),
  });
  const set = (is_active: boolean) =>
    update.mutate({ webhook_id: webhook.id, is_active }, { onSuccess: () => tell(is_active) });
  const tell = (isActive: boolean) =>
    toast(isActive ? "Switched on. What was held is on its way." : "Switched off. What is pending is held.", {
      action: { label: "Undo", onClick: () => set(!isActive) },
    });
  const switchOn = async () => {
    setIsCounting(true);
    // A count that is refused keeps nobody from switching it on.
    const found = await countMissed()
      .catch(() => null)
      .finally(() => setIsCounting(false));
    if (found && found.missed.count > 0) setAsked(found);
    else set(true);
  };
  const countMissed = async () => {
    // Asked now: what is on the screen may be from before it was switched off.
    const { queue } = await utils.stats.webhook.fetch({ webhook_id: webhook.id }, { staleTime: 0 });
    const since = queue.disabled_at;
    if (since === null) return null;
    const missed = await utils.webhooks.countRecoverable.fetch(missedSince(webhook.id, since), {
      staleTime: 0,
    });
    return { since, missed };
  };
  const answer = async (withMissed: boolean) => {
    if (!asked) return;
    const since = missedSince(webhook.id, asked.since);
    if (!withMissed) set(true);
    else
      update.mutate({ webhook_id: webhook.id, is_active: true }, { onSuccess: () => recover.mutate(since) });
    setAsked(null);
  };
  return (
    <>
      <Switch
        aria-label={`Deliver to ${webhook.webhook_url}`}
        aria-busy={isCounting}
        checked={webhook.is_active}
        disabled={!mayChange || isCounting || webhook.listener !== null}
        onCheckedChange={(is_active) => (is_active ? void switchOn() : set(false))}
      />
      <SwitchOnDialog
        missed={asked?.missed ?? null}
        isBusy={update.isPending}
        onClose={() => setAsked(null)}
        onSwitchOn={answer}
      />
    </>
  );
}

const expectedStatus = (isActive: boolean | undefined) => (isActive ? "active" : "disabled");
