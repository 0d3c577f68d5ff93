"use client";

import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { toast } from "@/app/_components/ui/toast";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";

/** Asks before requests go out unsigned. */
export function RemoveSecretDialog({
  webhook,
  isOpen,
  onClose,
}: {
  webhook: Webhook;
  isOpen: boolean;
  onClose: () => void;
}) {
  const utils = trpc.useUtils();
  const update = trpc.webhooks.update.useMutation({
    onSuccess: async () => {
      onClose();
      toast("Secret removed");
      await utils.webhooks.invalidate();
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title="Remove the signing secret?"
      action="Remove secret"
      busy={update.isPending}
      onConfirm={() => update.mutate({ webhook_id: webhook.id, secret: "" })}
    >
      Requests to this webhook are not signed any more, and an endpoint that checks signatures refuses them.
      The secret is lost: only a new one can be set later.
    </ConfirmDialog>
  );
}
