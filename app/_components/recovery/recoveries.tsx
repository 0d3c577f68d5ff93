"use client";

import { useNow } from "@/app/_components/time/now";
import { trpc } from "@/app/_trpc/client";
import { RecoveryCard } from "./recovery-card";
import type { Recovery } from "./types";
import { useClosed } from "./use-closed";

const refreshMs = 10_000;
/** Results stay in sight for so long, unless somebody puts them away. */
const newsMs = 60 * 60 * 1000;
const shown = 3;

/** Recoveries under way, and how those of the last hour went. They are the server's, so a reload finds them again. */
export function Recoveries({ webhookId }: { webhookId?: string }) {
  const now = useNow();
  const { closed, close } = useClosed();
  const { data: recoveries = [] } = trpc.recoveries.list.useQuery(undefined, {
    refetchInterval: refreshMs,
    meta: { refreshesItself: true },
  });
  if (!closed) return null;
  const isNews = ({ ended_at }: Recovery) => ended_at === null || now - Date.parse(ended_at) < newsMs;
  const isHere = ({ webhook_id }: Recovery) => !webhookId || !webhook_id || webhook_id === webhookId;
  return recoveries
    .filter((recovery) => isHere(recovery) && isNews(recovery) && !closed.includes(recovery.id))
    .slice(0, shown)
    .map(({ id }) => (
      <RecoveryCard key={id} recoveryId={id} webhookId={webhookId} onClose={() => close(id)} />
    ));
}
