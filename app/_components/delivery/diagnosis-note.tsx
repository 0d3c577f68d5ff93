"use client";

import type { ReactNode } from "react";
import { CauseLink } from "@/app/_components/diagnosis/cause-link";
import { DiagnosisView } from "@/app/_components/diagnosis/diagnosis-view";
import { Fixes } from "@/app/_components/diagnosis/fixes";
import { heldWords } from "@/app/_components/status/held-words";
import { trpc } from "@/app/_trpc/client";
import type { Held } from "@/domain/delivery/held";
import { LimitNote } from "./limit-note";
import type { FullDelivery } from "./types";

/**
 * Why the latest attempt failed, and the next step; the reason why it waits, when it has not been tried; or
 * what is odd about an answer that counts as delivered. `onSendAgain`
 * sends the same test again, where one is looked at.
 */
export function DiagnosisNote({
  delivery,
  onSendAgain,
}: {
  delivery: FullDelivery;
  onSendAgain?: () => void;
}) {
  const { diagnosis, webhook_id, id, event_type } = delivery;
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery();
  if (delivery.status === "cancelled") {
    return <Note>It was cancelled before it was delivered. Redeliver it if you still want it.</Note>;
  }
  if (delivery.hint) return <Hint hint={delivery.hint} />;
  if (!diagnosis) return delivery.held && <Note>{heldNote(delivery.held, webhook_id)}</Note>;
  const isDeleted = webhooks.every((webhook) => webhook.id !== webhook_id);
  const of = { webhookId: webhook_id, eventId: id, eventType: event_type };
  return (
    <div className="rounded-[10px] bg-bad-ground px-4 py-3">
      <DiagnosisView
        diagnosis={diagnosis}
        controls={!isDeleted && <Fixes diagnosis={diagnosis} of={of} onSendAgain={onSendAgain} />}
      />
    </div>
  );
}

/** It was delivered: what is odd about it is told quietly. */
function Hint({ hint }: { hint: NonNullable<FullDelivery["hint"]> }) {
  return (
    <p className="rounded-[10px] border border-line px-4 py-2.5 wrap-anywhere">
      <span>{hint.meaning}</span> <span className="text-muted">{hint.next_step}</span>{" "}
      <CauseLink code={hint.code} />
    </p>
  );
}

const heldNote = (held: Held, webhookId: string) =>
  held === "rate_limit" ? <LimitNote webhookId={webhookId} /> : heldWords[held].sentence;

function Note({ children }: { children: ReactNode }) {
  return <div className="rounded-[10px] bg-warn-ground px-4 py-3">{children}</div>;
}
