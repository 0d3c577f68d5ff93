"use client";

import { type ReactNode, useState } from "react";
import { useSession } from "@/app/_components/session/session-provider";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { OnceOpen, part } from "@/app/_components/ui/part";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { RemoveSettingDialog } from "@/app/_components/webhook/settings/remove-setting-dialog";
import type { Webhook } from "@/app/_components/webhook/types";

/** Few webhooks have one: its code comes as somebody asks for it. */
const CertificateDialog = part(() => import("./certificate-dialog").then((m) => m.CertificateDialog));

/** What the webhook shows to endpoints that ask for a certificate (mTLS). Its key is never shown again. */
export function CertificateSettings({ webhook }: { webhook: Webhook }) {
  const { mayChange } = useSession();
  const [open, setOpen] = useState<"replace" | "remove" | null>(null);
  const close = () => setOpen(null);
  const { client_certificate: certificate } = webhook;
  return (
    <Card title="Client certificate">
      <div className="flex flex-wrap items-center gap-3">
        <div className="grid min-w-0 grow basis-64 gap-2">
          <p className="text-muted">
            {certificate
              ? "Shown to the endpoint when it asks for one. The private key is stored encrypted and is never shown."
              : "None. Only an endpoint that asks its clients for a certificate (mutual TLS) needs one."}
          </p>
          {certificate && <CertificateFacts certificate={certificate} />}
        </div>
        {mayChange && (
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setOpen("replace")}>
              {certificate ? "Replace…" : "Add a certificate…"}
            </Button>
            {certificate && <Button onClick={() => setOpen("remove")}>Remove…</Button>}
          </div>
        )}
      </div>
      <OnceOpen open={open === "replace"}>
        <CertificateDialog webhook={webhook} isOpen={open === "replace"} onClose={close} />
      </OnceOpen>
      <RemoveSettingDialog
        title="Remove the client certificate?"
        action="Remove certificate"
        done="Client certificate removed"
        change={{ webhook_id: webhook.id, client_certificate: null }}
        isOpen={open === "remove"}
        onClose={close}
      >
        An endpoint that demands it refuses every request from now on. The private key is lost: to come back,
        it has to be given again.
      </RemoveSettingDialog>
    </Card>
  );
}

function CertificateFacts({ certificate }: { certificate: NonNullable<Webhook["client_certificate"]> }) {
  const { subject, issuer, fingerprint, expires_at } = certificate;
  return (
    <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[6rem_minmax(0,1fr)]">
      <Fact name="Subject">
        <Untranslated>{subject}</Untranslated>
      </Fact>
      <Fact name="Issuer">
        <Untranslated>{issuer}</Untranslated>
      </Fact>
      <Fact name="Ends">
        <RelativeTime at={expires_at} />
      </Fact>
      <Fact name="SHA-256">
        <span className="flex min-w-0 items-start">
          <span translate="no" className="mono min-w-0 text-sm wrap-anywhere">
            {fingerprint}
          </span>
          <CopyButton text={fingerprint} label="Copy the fingerprint" />
        </span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-x-1 wrap-anywhere">{children}</dd>
    </>
  );
}
