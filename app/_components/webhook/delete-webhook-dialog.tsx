"use client";

import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import type { Webhook } from "./types";

/** Asks before a webhook is deleted, naming what goes with it. */
export function DeleteWebhookDialog({
  webhook,
  pendingCount,
  onClose,
  onDeleted,
}: {
  webhook: Webhook | null;
  pendingCount: number;
  onClose: () => void;
  onDeleted?: () => void;
}) {
  const utils = trpc.useUtils();
  const remove = trpc.webhooks.delete.useMutation({
    onSuccess: async (_, { webhook_id }) => {
      await utils.webhooks.list.cancel();
      utils.webhooks.list.setData(undefined, (list) => list?.filter(({ id }) => id !== webhook_id));
      onClose();
      onDeleted?.();
      toast("Webhook deleted");
      await utils.invalidate();
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <ConfirmDialog
      open={webhook !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Delete this webhook?"
      action="Delete webhook"
      busy={remove.isPending}
      onConfirm={() => webhook && remove.mutate({ webhook_id: webhook.id })}
    >
      <p translate="no" className="mono break-all text-ink">
        {webhook?.webhook_url}
      </p>
      <ul className="mt-2 list-disc pl-5">
        <li>Deliveries to it stop at once.</li>
        <li>{waitingWords(pendingCount)}</li>
        <li>Its history of deliveries and its signing secret are lost. This cannot be undone.</li>
      </ul>
    </ConfirmDialog>
  );
}

function waitingWords(count: number): string {
  if (count === 0) return "Nothing is waiting to be delivered.";
  if (count === 1) return "1 waiting delivery is cancelled.";
  return `${count.toLocaleString("en")} waiting deliveries are cancelled.`;
}
