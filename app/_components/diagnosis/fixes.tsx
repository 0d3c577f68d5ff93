"use client";

import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { SendTest } from "./send-test";
import { SignatureLink } from "./signature-link";
import { TryUrl } from "./try-url";
import type { Diagnosed, Diagnosis } from "./types";

/**
 * The buttons that help with a diagnosis, and always a test, which shows whether it is mended. `onSendAgain` is how
 * that is sent where a test is what was diagnosed.
 */
export function Fixes({
  diagnosis,
  of,
  onSendAgain,
}: {
  diagnosis: Diagnosis;
  of: Diagnosed;
  onSendAgain?: () => void;
}) {
  const { mayChange } = useSession();
  const { suggested_url: url, is_about_signature } = diagnosis;
  return (
    <div className="mt-1 grid grid-cols-[minmax(0,1fr)] gap-2 empty:hidden">
      {mayChange && url && <TryUrl key={url} url={url} of={of} />}
      <div className="flex flex-wrap items-center gap-2 empty:hidden">
        {mayChange && onSendAgain && <Button onClick={onSendAgain}>Send it again</Button>}
        {mayChange && !onSendAgain && of.eventType && (
          <SendTest webhookId={of.webhookId} eventType={of.eventType} look={url ? "plain" : "accent"} />
        )}
        {is_about_signature && <SignatureLink webhookId={of.webhookId} eventId={of.eventId} />}
      </div>
    </div>
  );
}
