"use client";

import type { ReactNode } from "react";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { toast } from "@/app/_components/ui/toast";
import { type Inputs, trpc } from "@/app/_trpc/client";

/** Asks before a setting of a webhook is lost that only its owner has. `children` say what that comes to. */
export function RemoveSettingDialog({
  title,
  action,
  done,
  change,
  isOpen,
  onClose,
  children,
}: {
  title: string;
  action: string;
  /** What is said once it is gone. */
  done: string;
  change: Inputs["webhooks"]["update"];
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const utils = trpc.useUtils();
  const update = trpc.webhooks.update.useMutation({
    onSuccess: async () => {
      onClose();
      toast(done);
      await utils.webhooks.invalidate();
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={title}
      action={action}
      busy={update.isPending}
      onConfirm={() => update.mutate(change)}
    >
      {children}
    </ConfirmDialog>
  );
}
