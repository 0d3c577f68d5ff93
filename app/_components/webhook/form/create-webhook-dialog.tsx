"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useSession } from "@/app/_components/session/session-provider";
import { Dialog } from "@/app/_components/ui/dialog";
import { orReload } from "@/app/_components/upgrade/or-reload";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { SecretOnce } from "./secret-once";

const CreateWebhookForm = dynamic(
  () => orReload(import("./create-webhook-form").then((m) => m.CreateWebhookForm)),
  {
    ssr: false,
  },
);

/** The dialog of a new webhook, open while the URL says `?new=1`; afterwards it shows a generated secret. */
export function CreateWebhookDialog() {
  const { get, replace } = useUrlState();
  const { mayChange } = useSession();
  const [secret, setSecret] = useState<{ value: string; webhookId: string } | null>(null);
  const close = () => {
    setSecret(null);
    replace({ new: null, events: null });
  };
  const isOpen = mayChange && get("new") !== "";
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && close()}>
      {secret ? (
        <SecretOnce secret={secret.value} webhookId={secret.webhookId} onDone={close} />
      ) : (
        <CreateWebhookForm
          // Begun anew by each opening, so that it says what it still has from before.
          key={String(isOpen)}
          initialEvents={get("events").split(",").filter(Boolean)}
          onCreated={(webhookId, value) => (value ? setSecret({ value, webhookId }) : close())}
        />
      )}
    </Dialog>
  );
}
