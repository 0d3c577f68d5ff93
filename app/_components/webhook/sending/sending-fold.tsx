"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { orReload } from "@/app/_components/upgrade/or-reload";
import type { Sending, SendingProblems } from "./sending";

const SendingFields = dynamic(() => orReload(import("./sending-fields").then((m) => m.SendingFields)), {
  ssr: false,
});

/** What few need of a new webhook, folded away. Its code comes once it is opened. */
export function SendingFold(props: {
  sending: Sending;
  problems: SendingProblems;
  onChange: (sending: Sending) => void;
}) {
  const [wasOpened, setWasOpened] = useState(false);
  const isOpen = wasOpened || Object.keys(props.problems).length > 0;
  return (
    <details open={isOpen} onToggle={(event) => setWasOpened(event.currentTarget.open)}>
      <summary className="font-medium">
        <span>Advanced</span>
        <span className="font-normal text-faint"> (headers, rate, timeout)</span>
      </summary>
      {isOpen && (
        <div className="pt-3">
          <SendingFields {...props} />
        </div>
      )}
    </details>
  );
}
