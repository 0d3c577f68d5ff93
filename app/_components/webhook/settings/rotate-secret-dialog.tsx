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

const hintWithout = "Requests are refused until your endpoint has the new one.";

/** A new secret, while the old one goes on signing for a time: no request is refused in between. */
export function RotateSecretDialog({
  webhook,
  keepsOld,
  isOpen,
  onClose,
  onRotated,
}: {
  webhook: Webhook;
  /** A rotation is under way, in which the endpoint was not seen to take the new one. */
  keepsOld: boolean;
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
            ? "Both secrets sign during the overlap, the old one first. Your endpoint may switch at any moment of it: what it refuses with the one comes again at once with the other."
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
            <Field
              label="Overlap"
              hint={overlap === "0" ? hintWithout : "How long the old secret signs too."}
            >
              {({ id }) => (
                <Select id={id} label="Overlap" value={overlap} onChange={setOverlap} choices={overlaps} />
              )}
            </Field>
          )}
          {keepsOld && overlap !== "0" && (
            <p className="text-sm text-muted">
              A rotation is under way. Its old secret stays, which is the one that your endpoint was last seen
              to take; the one that was new is dropped.
            </p>
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
