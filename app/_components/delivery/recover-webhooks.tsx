"use client";

import { type Outputs, trpc } from "@/app/_trpc/client";
import type { Kind } from "./recover-query";

/** How much a recovery sends to each webhook, and to which it cannot. */
export function RecoverWebhooks({
  webhooks,
  include,
  isForOne,
}: {
  webhooks: Outputs["recoveries"]["count"]["webhooks"];
  include: Kind[];
  isForOne: boolean;
}) {
  const { data: known = [] } = trpc.webhooks.list.useQuery();
  const counted = webhooks
    .map((each) => ({ ...each, count: include.reduce((sum, kind) => sum + each[kind], 0) }))
    .filter(({ count }) => count > 0);
  if (isForOne || counted.length === 0) return null;
  return (
    <ul aria-label="By webhook" className="divide-y divide-line rounded-[10px] border border-line">
      {counted.map(({ webhook_id, is_active, count }) => (
        <li key={webhook_id} className="flex items-baseline gap-3 px-3 py-2">
          <span translate="no" className="mono min-w-0 grow wrap-anywhere">
            {known.find(({ id }) => id === webhook_id)?.webhook_url.replace("https://", "") ?? webhook_id}
          </span>
          <span className={is_active ? "tabular-nums" : "text-sm text-muted"}>
            {is_active
              ? count.toLocaleString("en")
              : `inactive: its ${count.toLocaleString("en")} stay as they are`}
          </span>
        </li>
      ))}
    </ul>
  );
}
