"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog, DialogContent } from "@/app/_components/ui/dialog";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { ConnectSteps } from "./connect-steps";

/** How an agent is connected: a key, and the settings of its program. It is open while the URL says `?connect=1`. */
export function ConnectDialog() {
  const { get, replace } = useUrlState();
  const [key, setKey] = useState<string | null>(null);
  const close = () => {
    replace({ connect: null });
    setKey(null);
  };
  return (
    <Dialog open={get("connect") !== ""} onOpenChange={(open) => !open && close()}>
      <Button look="primary" onClick={() => replace({ connect: "1" })}>
        Connect an agent
      </Button>
      <DialogContent
        title="Connect an agent"
        description={
          key
            ? "Copy the settings now: only a hash of the key is stored, and it is never shown again."
            : "An AI agent asks Fanfare with a key of yours, and subscribes to the events that you tell it to."
        }
        width="wide"
        isShownOnce={key !== null}
        footer={
          <Button look={key ? "primary" : "plain"} onClick={close}>
            {key ? "I have copied it" : "Close"}
          </Button>
        }
      >
        <ConnectSteps apiKey={key} onKey={setKey} />
      </DialogContent>
    </Dialog>
  );
}
