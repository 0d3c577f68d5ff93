"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { Dialog, DialogTrigger } from "@/app/_components/ui/dialog";
import { orReload } from "@/app/_components/upgrade/or-reload";

const RecoverForm = dynamic(() => orReload(import("./recover-form").then((m) => m.RecoverForm)), {
  ssr: false,
});

/** Sends again what failed, or was missed while the webhook was off; it says how many before it does. */
export function RecoverDialog({ webhookId }: { webhookId: string }) {
  const { mayChange } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  if (!mayChange) return null;
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger>
        <Button>Recover…</Button>
      </DialogTrigger>
      {isOpen && <RecoverForm webhookId={webhookId} onDone={() => setIsOpen(false)} />}
    </Dialog>
  );
}
