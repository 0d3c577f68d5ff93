"use client";

import { trpc } from "@/app/_trpc/client";
import { RecoveryTarget } from "./recovery-target";

/** Of a recovery to several webhooks: the pages of those at which something waits, where each is paused or cancelled. */
export function WhereItWaits() {
  const { data: overview } = trpc.stats.overview.useQuery({ range: "24h" });
  const waiting = overview?.webhooks.filter(({ pending_count }) => pending_count > 0) ?? [];
  if (waiting.length === 0) return null;
  return (
    <p className="mt-1 text-sm text-muted wrap-anywhere">
      <span>What waits goes out as soon as it can. It is paused or cancelled at its webhook: </span>
      {waiting.map(({ webhook_id }, index) => (
        <span key={webhook_id}>
          {index > 0 && <span>, </span>}
          <RecoveryTarget webhookId={webhook_id} />
        </span>
      ))}
    </p>
  );
}
