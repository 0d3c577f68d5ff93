"use client";

import { TriangleAlert } from "lucide-react";
import { type UseFormReturn, useWatch } from "react-hook-form";
import type { WebhookFields } from "./webhook-fields";

/** Said beside the button that saves it: a webhook without events is valid, and receives nothing but tests. */
export function ReceivesNothing({ form }: { form: UseFormReturn<WebhookFields> }) {
  const events = useWatch({ control: form.control, name: "events" });
  return (
    <p role="status" className="mr-auto flex items-center gap-1.5 text-sm text-warn empty:hidden">
      {events.length === 0 && (
        <>
          <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
          <span>0 events chosen: it receives nothing but tests.</span>
        </>
      )}
    </p>
  );
}
