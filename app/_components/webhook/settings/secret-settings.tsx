"use client";

import { useState } from "react";
import { type Rotation, rotationStage } from "@/app/_components/rotation/rotation-stage";
import { RotationWords } from "@/app/_components/rotation/rotation-words";
import { useSession } from "@/app/_components/session/session-provider";
import { useNow } from "@/app/_components/time/now";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { Dialog } from "@/app/_components/ui/dialog";
import { SecretOnce } from "@/app/_components/webhook/form/secret-once";
import type { Webhook } from "@/app/_components/webhook/types";
import { RemoveSettingDialog } from "./remove-setting-dialog";
import { RotateSecretDialog } from "./rotate-secret-dialog";

/** The signing secret: kept unless it is rotated or removed. It is never shown again. */
export function SecretSettings({ webhook, rotation }: { webhook: Webhook; rotation: Rotation | null }) {
  const { mayChange } = useSession();
  const [open, setOpen] = useState<"rotate" | "remove" | null>(null);
  const stage = rotationStage(rotation, useNow(), webhook);
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => setOpen(null);
  const closeSecret = () => setSecret(null);
  return (
    <Card title="Signing secret">
      <div className="flex flex-wrap items-center gap-3">
        <div className="grid min-w-0 grow basis-64 gap-2">
          <p className="text-muted">
            {webhook.has_secret
              ? "Requests are signed. The secret is stored encrypted and is never shown."
              : "Requests are not signed: your endpoint cannot tell them from fakes."}
          </p>
          {rotation && stage && <RotationWords rotation={rotation} stage={stage} />}
        </div>
        {mayChange && (
          <div className="flex flex-wrap gap-2">
            <Button look={webhook.has_secret ? "plain" : "primary"} onClick={() => setOpen("rotate")}>
              {webhook.has_secret ? "Rotate…" : "Add a secret…"}
            </Button>
            {webhook.has_secret && <Button onClick={() => setOpen("remove")}>Remove…</Button>}
          </div>
        )}
      </div>
      <RotateSecretDialog
        webhook={webhook}
        keepsOld={rotation?.signs_with === "previous" && (stage === "old" || stage === "neither")}
        isOpen={open === "rotate"}
        onClose={close}
        onRotated={setSecret}
      />
      <RemoveSettingDialog
        title="Remove the signing secret?"
        action="Remove secret"
        done="Secret removed"
        change={{ webhook_id: webhook.id, secret: "" }}
        isOpen={open === "remove"}
        onClose={close}
      >
        Requests to this webhook are not signed any more, and an endpoint that checks signatures refuses them.
        The secret is lost: only a new one can be set later.
      </RemoveSettingDialog>
      <Dialog open={secret !== null} onOpenChange={(isOpen) => !isOpen && closeSecret()}>
        {secret && <SecretOnce secret={secret} webhookId={webhook.id} onDone={closeSecret} />}
      </Dialog>
    </Card>
  );
}
