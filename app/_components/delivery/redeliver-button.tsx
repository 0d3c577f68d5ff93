"use client";

import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { useSession } from "@/app/_components/session/session-provider";
import { useIsPaused } from "@/app/_components/status/use-is-paused";
import { Button } from "@/app/_components/ui/button";
import { Kbd } from "@/app/_components/ui/kbd";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import type { FullDelivery } from "./types";

/** Sends the event again, now. A test is never sent again. */
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
  const run = () => redeliver.mutate({ webhook_id: delivery.webhook_id, event_id: delivery.id });
  useShortcut({ key: "r", run, scope, isOn });
  if (!mayChange || delivery.is_test) return null;
  return (
    <Button disabled={!isOn} aria-busy={redeliver.isPending} onClick={run}>
      <span>{delivery.status === "pending" ? "Send now" : "Redeliver"}</span> <Kbd>r</Kbd>
    </Button>
  );
}
