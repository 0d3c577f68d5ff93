"use client";

import { formatClock } from "@/app/_components/time/format";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import type { Webhook } from "./types";
import { useWebhookChange } from "./use-webhook-change";

/** Pauses a webhook, until a time (epoch milliseconds) or until somebody resumes it (null), and resumes it. */
export function usePause() {
  const zone = useTimeZone();
  const { show, settle } = useWebhookChange();
  const shared = {
    onError: (error: { message: string }) => toast.error(error.message),
    onSettled: settle,
  };
  const pausing = trpc.webhooks.pause.useMutation({
    ...shared,
    onSuccess: async (saved) => {
      await show(saved);
      toast(`Paused ${untilWords(saved, zone)}. What comes meanwhile is held, and nothing is missed.`, {
        action: { label: "Undo", onClick: () => resuming.mutate({ webhook_id: saved.id }) },
      });
    },
  });
  const resuming = trpc.webhooks.resume.useMutation({
    ...shared,
    onSuccess: async (saved) => {
      await show(saved);
      toast("Resumed. What was held is on its way.");
    },
  });
  return {
    isBusy: pausing.isPending || resuming.isPending,
    pause: ({ id }: Webhook, until: number | null) =>
      pausing.mutate({
        webhook_id: id,
        paused_until: until === null ? undefined : new Date(until).toISOString(),
      }),
    resume: ({ id }: Webhook) => resuming.mutate({ webhook_id: id }),
  };
}

/** `until 14:00:00`, or until somebody does something. */
export function untilWords({ paused_until }: Pick<Webhook, "paused_until">, zone: string): string {
  if (paused_until === null) return "until you resume it";
  return `until ${formatClock(Date.parse(paused_until), Date.now(), zone)}`;
}
