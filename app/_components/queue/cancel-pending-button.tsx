"use client";

import { useState } from "react";
import { useSession } from "@/app/_components/session/session-provider";
import { Button, type ButtonProps } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";

/** Cancels all that is pending for a webhook, after asking. */
export function CancelPendingButton({
  webhookId,
  count,
  size,
}: {
  webhookId: string;
  count: number;
  size?: ButtonProps["size"];
}) {
  const { mayChange } = useSession();
  const [isAsking, setIsAsking] = useState(false);
  const utils = trpc.useUtils();
  const cancel = trpc.webhooks.cancelPending.useMutation({
    onSuccess: async (answer) => {
      setIsAsking(false);
      toast(`${answer.count.toLocaleString("en")} deliveries cancelled`);
      await Promise.all([
        utils.deliveries.invalidate(),
        utils.stats.invalidate(),
        utils.recoveries.invalidate(),
      ]);
    },
    onError: (error) => toast.error(error.message),
  });
  if (!mayChange) return null;
  const words = `${count.toLocaleString("en")} ${count === 1 ? "delivery" : "deliveries"}`;
  return (
    <>
      <Button size={size} onClick={() => setIsAsking(true)}>
        Cancel pending…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={`Cancel ${words}?`}
        action={`Cancel ${words}`}
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate({ webhook_id: webhookId })}
      >
        All that waits for this webhook is cancelled instead of sent. Each of them can still be redelivered by
        hand.
      </ConfirmDialog>
    </>
  );
}
