"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/app/_components/ui/dialog";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { toast } from "@/app/_components/ui/toast";
import { secretProblem } from "@/app/_components/webhook/form/secret-problem";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";

/** An own secret that counts at once; what was signed with the old one before is not touched. */
export function ReplaceSecretDialog({
  webhook,
  isOpen,
  onClose,
}: {
  webhook: Webhook;
  isOpen: boolean;
  onClose: () => void;
}) {
  const [own, setOwn] = useState("");
  const utils = trpc.useUtils();
  const update = trpc.webhooks.update.useMutation({
    onSuccess: async () => {
      setOwn("");
      onClose();
      toast.success("Secret set");
      await utils.webhooks.invalidate();
    },
    onError: (error) => toast.error(error.message),
  });
  const problem = secretProblem(own);
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={webhook.has_secret ? "Replace the secret at once" : "Set the secret"}
        description={
          webhook.has_secret
            ? "There is no overlap: requests are signed with the new one only, from now on. Rotating is gentler."
            : "Every request from now on is signed with it."
        }
        width="narrow"
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button
              look="primary"
              disabled={problem !== null || update.isPending}
              aria-busy={update.isPending}
              onClick={() => update.mutate({ webhook_id: webhook.id, secret: own })}
            >
              Set secret
            </Button>
          </>
        }
      >
        <Field label="Secret" error={own === "" ? null : problem} hint="Any text, or a whsec_ secret.">
          {(ids) => (
            <Input
              {...ids}
              mono
              type="password"
              autoComplete="new-password"
              value={own}
              onChange={(event) => setOwn(event.target.value)}
            />
          )}
        </Field>
      </DialogContent>
    </Dialog>
  );
}
