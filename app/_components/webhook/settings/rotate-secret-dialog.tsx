"use client";

import { useState } from "react";
import { Dialog, DialogContent } from "@/app/_components/ui/dialog";
import { DialogButtons } from "@/app/_components/ui/dialog-buttons";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";
import { toast } from "@/app/_components/ui/toast";
import { SecretField } from "@/app/_components/webhook/form/secret-field";
import { secretProblem } from "@/app/_components/webhook/form/secret-problem";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";

const hourSeconds = 3600;
const overlaps = [
  { value: "0", label: "None: only the new one, at once" },
  { value: String(hourSeconds), label: "1 hour" },
  { value: String(24 * hourSeconds), label: "24 hours" },
  { value: String(3 * 24 * hourSeconds), label: "3 days" },
  { value: String(7 * 24 * hourSeconds), label: "7 days" },
];

/** A new secret, while the old one goes on signing for a time: no request is refused in between. */
export function RotateSecretDialog({
  webhook,
  isOpen,
  onClose,
  onRotated,
}: {
  webhook: Webhook;
  isOpen: boolean;
  onClose: () => void;
  /** Gets the new secret when it was generated. */
  onRotated: (secret: string) => void;
}) {
  const [own, setOwn] = useState("");
  const [overlap, setOverlap] = useState(String(24 * hourSeconds));
  // The field goes with the dialog; what was typed into it must not outlive it.
  const close = () => {
    setOwn("");
    onClose();
  };
  const utils = trpc.useUtils();
  const rotate = trpc.webhooks.rotateSecret.useMutation({
    onSuccess: async (answer) => {
      close();
      if (answer) onRotated(answer.secret);
      else toast.success("Secret rotated");
      await Promise.all([utils.webhooks.invalidate(), utils.stats.invalidate()]);
    },
    onError: (error) => toast.error(error.message),
  });
  const problem = own === "" ? null : secretProblem(own);
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={webhook.has_secret ? "Rotate the secret" : "Sign requests"}
        description={
          webhook.has_secret
            ? "Both secrets sign during the overlap, so your endpoint can switch in its own time."
            : "Every request from now on is signed with it."
        }
        width="narrow"
        footer={
          <DialogButtons
            isBusy={rotate.isPending}
            disabled={problem !== null}
            onClick={() =>
              rotate.mutate({
                webhook_id: webhook.id,
                secret: own || undefined,
                overlap_seconds: Number(overlap),
              })
            }
          >
            {own === "" ? "Generate new secret" : "Use this secret"}
          </DialogButtons>
        }
      >
        <div className="grid gap-4 pt-1">
          {webhook.has_secret && (
            <Field label="Overlap" hint="How long the old secret signs too.">
              {({ id }) => (
                <Select id={id} label="Overlap" value={overlap} onChange={setOverlap} choices={overlaps} />
              )}
            </Field>
          )}
          <SecretField
            label="Own secret"
            optional
            hint="Leave it empty to have one generated."
            secret={own}
            onChange={setOwn}
          />
        </div>
      </DialogContent>
    </Dialog>
  );
}
