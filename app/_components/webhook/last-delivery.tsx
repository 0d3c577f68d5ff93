"use client";

import { StatusCode } from "@/app/_components/status/status-code";
import { RelativeTime } from "@/app/_components/time/relative-time";
import type { Webhook } from "./types";

/** The answer to the latest attempt, and how long ago it was. */
export function LastDelivery({ webhook }: { webhook: Webhook }) {
  const { last_delivery_at, last_delivery_status } = webhook;
  if (!last_delivery_at) return <span className="text-muted">never</span>;
  return (
    <>
      <StatusCode status={last_delivery_status} />
      <div className="text-xs whitespace-nowrap text-faint">
        <RelativeTime at={last_delivery_at} />
      </div>
    </>
  );
}
