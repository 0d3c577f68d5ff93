"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { CertificateSettings } from "@/app/_components/webhook/client-certificate/certificate-settings";
import { DeleteWebhookDialog } from "@/app/_components/webhook/delete-webhook-dialog";
import type { WebhookQueue } from "@/app/_components/webhook/page/types";
import { toSending } from "@/app/_components/webhook/sending/sending";
import { SendingSettings } from "@/app/_components/webhook/sending/sending-settings";
import type { Webhook } from "@/app/_components/webhook/types";
import { EditWebhookForm } from "./edit-webhook-form";
import { SecretSettings } from "./secret-settings";
import { WebhookFacts } from "./webhook-facts";

/** What can be changed about a webhook: where it leads, what it receives, how requests are sent and signed, and its end. */
export function WebhookSettings({ webhook, queue }: { webhook: Webhook; queue: WebhookQueue | undefined }) {
  const router = useRouter();
  const { mayChange } = useSession();
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <div className="grid max-w-3xl gap-4">
      <EditWebhookForm key={webhook.updated_at} webhook={webhook} />
      <SendingSettings key={savedSending(webhook)} webhook={webhook} />
      <SecretSettings webhook={webhook} rotation={queue?.rotation ?? null} />
      {!webhook.listener && <CertificateSettings webhook={webhook} />}
      <WebhookFacts webhook={webhook} />
      {mayChange && (
        <Card title="Delete">
          <div className="flex flex-wrap items-center gap-3">
            <p className="min-w-0 grow basis-64 text-muted">
              Deliveries stop at once, what is pending is cancelled, and the history goes with it.
            </p>
            <Button onClick={() => setIsDeleting(true)}>
              <span className="text-bad">Delete webhook…</span>
            </Button>
          </div>
        </Card>
      )}
      <DeleteWebhookDialog
        webhook={isDeleting ? webhook : null}
        pendingCount={queue?.pending_count ?? 0}
        onClose={() => setIsDeleting(false)}
        onDeleted={() => router.push("/dashboard")}
      />
    </div>
  );
}

/** What is typed stays while something else of the webhook is saved or switched. */
const savedSending = (webhook: Webhook) => `sending ${JSON.stringify(toSending(webhook))}`;
