"use client";

import { useEffect, useEffectEvent } from "react";
import { type Outputs, trpc } from "@/app/_trpc/client";

export type Pasted = { headers: string; body: string; computed: string };

type Delivery = Outputs["deliveries"]["get"];

/** How much of an answer is filled in: its words stand at its beginning. */
const answerCharacters = 4_000;

/**
 * Gives the attempt that the page's address names, as if it had been pasted, once it is known. Signatures are not kept: in their
 * place stands that they were sent.
 */
export function useNamedAttempt(
  named: { webhookId: string; eventId: string; attempt: string },
  onKnown: (pasted: Pasted) => void,
): void {
  const { data } = trpc.deliveries.get.useQuery(
    { webhook_id: named.webhookId, event_id: named.eventId },
    { enabled: named.webhookId !== "" && named.eventId !== "", staleTime: Number.POSITIVE_INFINITY },
  );
  const give = useEffectEvent((delivery: Delivery) => onKnown(pastedFrom(delivery, named.attempt)));
  useEffect(() => {
    if (data) give(data);
  }, [data]);
}

function pastedFrom({ attempts, request }: Delivery, number: string): Pasted {
  const attempt = attempts.find((each) => String(each.number) === number) ?? attempts[0];
  const headers = {
    ...attempt?.request.headers,
    "webhook-signature": "(as sent)",
    "X-Signature": "(as sent)",
  };
  return {
    headers: Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join("\n"),
    body: request?.payload ?? "",
    computed: attempt?.response?.body.slice(0, answerCharacters) ?? "",
  };
}
