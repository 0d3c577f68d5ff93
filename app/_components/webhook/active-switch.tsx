"use client";

import { useSession } from "@/app/_components/session/session-provider";
import { Switch } from "@/app/_components/ui/switch";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import type { Webhook } from "./types";

/** Switches a webhook on or off. It shows at once, and falls back when the server refuses. */
export function ActiveSwitch({ webhook }: { webhook: Webhook }) {
  const { mayChange } = useSession();
  const utils = trpc.useUtils();
  const update = trpc.webhooks.update.useMutation({
    onMutate: ({ is_active }) =>
      show({ ...webhook, is_active: is_active ?? webhook.is_active, status: expectedStatus(is_active) }),
    onError: (error) => {
      show(webhook);
      toast.error(error.message);
    },
    onSuccess: (saved) => {
      show(saved);
      toast(
        saved.is_active
          ? "Switched on. What was held is on its way."
          : "Switched off. What is pending is held.",
        {
          action: {
            label: "Undo",
            onClick: () => update.mutate({ webhook_id: saved.id, is_active: !saved.is_active }),
          },
        },
      );
    },
    // What is pending is held from now on, or no longer.
    onSettled: () => Promise.all([utils.stats.invalidate(), utils.deliveries.invalidate()]),
  });
  const show = (shown: Webhook) => {
    utils.webhooks.get.setData({ webhook_id: shown.id }, shown);
    utils.webhooks.list.setData(undefined, (list) =>
      list?.map((each) => (each.id === shown.id ? shown : each)),
    );
  };
  return (
    <Switch
      aria-label={`Deliver to ${webhook.webhook_url}`}
      checked={webhook.is_active}
      disabled={!mayChange}
      onCheckedChange={(is_active) => update.mutate({ webhook_id: webhook.id, is_active })}
    />
  );
}

const expectedStatus = (isActive: boolean | undefined) => (isActive ? "active" : "disabled");
