"use client";

import Link from "next/link";
import { Button } from "@/app/_components/ui/button";
import { CopyBox } from "@/app/_components/ui/copy-box";
import { DialogContent } from "@/app/_components/ui/dialog";

/** Shows a generated secret: now, and never again. */
export function SecretOnce({
  secret,
  webhookId,
  onDone,
}: {
  secret: string;
  webhookId: string;
  onDone: () => void;
}) {
  return (
    <DialogContent
      title="Copy the signing secret now"
      description="It is stored encrypted and never shown again. You can rotate it later."
      isShownOnce
      footer={
        <>
          <Button asChild>
            <Link href={`/dashboard/webhooks/${webhookId}?tab=test`}>I have copied it, send a test</Link>
          </Button>
          <Button look="primary" onClick={onDone}>
            I have copied it
          </Button>
        </>
      }
    >
      <CopyBox text={secret} />
      <p className="mt-3 text-sm text-muted">
        Your endpoint checks each request with it: X-Signature is the HMAC-SHA256 of the body, and
        webhook-signature the one of the Standard Webhooks libraries. The signature helper has whole
        receivers.
      </p>
    </DialogContent>
  );
}
