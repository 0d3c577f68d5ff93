"use client";

import { heldWords } from "@/app/_components/status/held-words";
import { trpc } from "@/app/_trpc/client";
import { limitWords } from "./limit-words";

/** That a delivery is held by the limit of its webhook, and until when at the latest. */
export function LimitNote({ webhookId }: { webhookId: string }) {
  const { data: webhooks } = trpc.webhooks.list.useQuery();
  const { data: overview } = trpc.stats.overview.useQuery({ range: "24h" });
  const perSecond = webhooks?.find(({ id }) => id === webhookId)?.rate_limit ?? null;
  const queue = overview?.webhooks.find(({ webhook_id }) => webhook_id === webhookId);
  return (
    <>
      <span>{heldWords.rate_limit.sentence}</span>
      {perSecond !== null && queue && queue.pending_count > 0 && (
        <span>{` ${limitWords(queue.pending_count, perSecond)}`}</span>
      )}
    </>
  );
}
