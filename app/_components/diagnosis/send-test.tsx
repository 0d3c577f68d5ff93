"use client";

import { useSendTest } from "@/app/_components/test-event/use-send-test";
import { Button } from "@/app/_components/ui/button";

/** Sends a test, and says of which event. One that is answered with 2xx closes the breaker: what is held goes out. */
export function SendTest({
  webhookId,
  eventType,
  look,
}: {
  webhookId: string;
  eventType: string;
  look: "accent" | "plain";
}) {
  const { send, isSending } = useSendTest(webhookId);
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Button look={look} disabled={isSending} aria-busy={isSending} onClick={() => send(eventType)}>
        {isSending ? "Sending…" : "Send a test"}
      </Button>
      <span className="text-sm text-muted">
        <span>of</span>{" "}
        <code translate="no" className="text-xs">
          {eventType}
        </code>
      </span>
    </span>
  );
}
