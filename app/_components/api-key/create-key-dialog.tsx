"use client";

import { useState } from "react";
import { useServerFacts } from "@/app/_components/facts/server-facts";
import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { Button } from "@/app/_components/ui/button";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { CopyBox } from "@/app/_components/ui/copy-box";
import { Dialog, DialogContent } from "@/app/_components/ui/dialog";
import { Kbd } from "@/app/_components/ui/kbd";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { CreateKeyForm } from "./create-key-form";

/** Makes a key and shows it: now, and never again. It is open while the URL says `?new=1`. */
export function CreateKeyDialog() {
  const { get, replace } = useUrlState();
  const [key, setKey] = useState<string | null>(null);
  const close = () => {
    replace({ new: null });
    setKey(null);
  };
  const show = () => replace({ new: "1" });
  useShortcut({ key: "n", run: show });
  return (
    <Dialog open={get("new") !== ""} onOpenChange={(open) => !open && close()}>
      <Button look="primary" onClick={show}>
        <span>New key</span> <Kbd>n</Kbd>
      </Button>
      {key ? <KeyOnce apiKey={key} onDone={close} /> : <CreateKeyForm onCreated={setKey} />}
    </Dialog>
  );
}

function KeyOnce({ apiKey, onDone }: { apiKey: string; onDone: () => void }) {
  const { publicUrl } = useServerFacts();
  return (
    <DialogContent
      title="Copy the key now"
      description="Only a hash of it is stored: it is never shown again."
      isShownOnce
      footer={
        <Button look="primary" onClick={onDone}>
          I have copied it
        </Button>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <CopyBox text={apiKey} />
        <p className="text-muted">Try it:</p>
        <CodeBlock
          label="curl that lists webhooks"
          text={`curl ${publicUrl}/webhooks -H "X-API-KEY: ${apiKey}"`}
        />
      </div>
    </DialogContent>
  );
}
