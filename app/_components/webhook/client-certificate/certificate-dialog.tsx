"use client";

import { useState } from "react";
import { Dialog, DialogContent } from "@/app/_components/ui/dialog";
import { DialogButtons } from "@/app/_components/ui/dialog-buttons";
import { toast } from "@/app/_components/ui/toast";
import { FormError } from "@/app/_components/webhook/form/form-error";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import { PemField } from "./pem-field";

const nothing = { certificate: "", private_key: "" };

/** Takes a certificate and its private key, pasted or from files; the server says what is wrong with either. */
export function CertificateDialog({
  webhook,
  isOpen,
  onClose,
}: {
  webhook: Webhook;
  isOpen: boolean;
  onClose: () => void;
}) {
  const [pasted, setPasted] = useState(nothing);
  const utils = trpc.useUtils();
  const update = trpc.webhooks.update.useMutation({
    onSuccess: async () => {
      close();
      toast.success("Client certificate saved");
      await utils.webhooks.invalidate();
    },
  });
  // A private key must not outlive the dialog.
  const close = () => {
    setPasted(nothing);
    update.reset();
    onClose();
  };
  const errors = update.error?.data?.errors ?? [];
  const errorOf = (field: keyof typeof nothing) => errors.find(({ path }) => path.at(-1) === field)?.message;
  const isElsewhere = update.error && !errorOf("certificate") && !errorOf("private_key");
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={webhook.client_certificate ? "Replace the client certificate" : "Add a client certificate"}
        description="Who runs the endpoint issues it, or says whose it takes. It is shown from the next request on."
        footer={
          <DialogButtons
            isBusy={update.isPending}
            disabled={pasted.certificate.trim() === "" || pasted.private_key.trim() === ""}
            onClick={() => update.mutate({ webhook_id: webhook.id, client_certificate: pasted })}
          >
            Save certificate
          </DialogButtons>
        }
      >
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-1">
          <PemField
            label="Certificate"
            hint="In PEM: its own first, then each one's issuer, as far as the endpoint needs them."
            placeholder="-----BEGIN CERTIFICATE-----"
            error={errorOf("certificate")}
            value={pasted.certificate}
            onChange={(certificate) => setPasted((before) => ({ ...before, certificate }))}
          />
          <PemField
            label="Private key"
            hint="In PEM, without a passphrase. It is stored encrypted and never shown again."
            placeholder="-----BEGIN PRIVATE KEY-----"
            error={errorOf("private_key")}
            value={pasted.private_key}
            onChange={(private_key) => setPasted((before) => ({ ...before, private_key }))}
          />
          <FormError message={isElsewhere ? update.error?.message : undefined} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
