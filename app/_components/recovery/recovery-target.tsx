"use client";

import Link from "next/link";
import { useTarget } from "./use-target";

/** Where a recovery sends to: one webhook, by its description or URL, or all that were active. */
export function RecoveryTarget({ webhookId }: { webhookId: string | null }) {
  const webhook = useTarget(webhookId);
  if (webhookId === null) return <span>all active webhooks</span>;
  if (!webhook) return <span>one webhook</span>;
  return (
    <Link href={`/dashboard/webhooks/${webhook.id}`} translate="no" className="underline underline-offset-2">
      {webhook.description ?? webhook.webhook_url}
    </Link>
  );
}
