"use client";

import { useState } from "react";
import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { useSession } from "@/app/_components/session/session-provider";
import { useIsPaused } from "@/app/_components/status/use-is-paused";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { Kbd } from "@/app/_components/ui/kbd";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import type { FullDelivery } from "./types";

const words: Partial<Record<FullDelivery["status"], string>> = {
  pending: "Send now",
  delivered: "Redeliver…",
};

/** Sends the event again, now; what was delivered only after asking. A test is never sent again. */
export function RedeliverButton({ delivery, scope }: { delivery: FullDelivery; scope: "page" | "dialog" }) {
  const { mayChange } = useSession();
  const utils = trpc.useUtils();
  const isPaused = useIsPaused(delivery.webhook_id);
  const redeliver = trpc.deliveries.redeliver.useMutation({
    onSuccess: async () => {
      toast(isPaused ? "Held until the webhook is resumed, and sent then" : "On its way again");
      await utils.deliveries.get.invalidate();
    },
    onError: (error) => toast.error(error.message),
  });
  const isOn = mayChange && !delivery.is_test && !redeliver.isPending && !delivery.details?.in_flight;
  const [isAsking, setIsAsking] = useState(false);
  const takenAt = delivery.attempts[0]?.started_at ?? delivery.timestamp;
  const send = () => redeliver.mutate({ webhook_id: delivery.webhook_id, event_id: delivery.id });
  const run = delivery.status === "delivered" ? () => setIsAsking(true) : send;
  useShortcut({ key: "r", run, scope, isOn });
  if (!mayChange || delivery.is_test) return null;
  return (
    <>
      <Button disabled={!isOn} aria-busy={redeliver.isPending} onClick={run}>
        <span>{words[delivery.status] ?? "Redeliver"}</span> <Kbd>r</Kbd>
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title="Send it a second time?"
        action="Redeliver"
        look="primary"
        cancel="Cancel"
        onConfirm={() => {
          setIsAsking(false);
          send();
        }}
      >
        <span>Your endpoint took this event</span> <RelativeTime at={takenAt} />
        <span>. It gets it again, with the same X-Event-Id and the same payload.</span>
      </ConfirmDialog>
    </>
  );
}
