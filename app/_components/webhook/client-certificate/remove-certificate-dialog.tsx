"use client";

import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { toast } from "@/app/_components/ui/toast";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";

/** Asks before an endpoint that demands the certificate gets nothing any more. */
export function RemoveCertificateDialog({
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
      toast("Client certificate removed");
      await utils.webhooks.invalidate();
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title="Remove the client certificate?"
      action="Remove certificate"
      busy={update.isPending}
      onConfirm={() => update.mutate({ webhook_id: webhook.id, client_certificate: null })}
    >
      An endpoint that demands it refuses every request from now on. The private key is lost: to come back, it
      has to be given again.
    </ConfirmDialog>
  );
}
