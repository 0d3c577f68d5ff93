"use client";

import { failureWord } from "@/app/_components/status/failure-word";
import { StateBadge } from "@/app/_components/status/state-badge";
import { webhookStates } from "@/app/_components/status/states";
import { formatAge } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import type { Webhook, WebhookSummary } from "./types";

/** The health of a webhook: its badge, and below it the reason and the age in a few words. */
export function HealthCell({ webhook, summary }: { webhook: Webhook; summary: WebhookSummary | undefined }) {
  const now = useNow();
  return (
    <>
      <StateBadge state={webhookStates[webhook.status]} />
      <div className="mt-0.5 text-xs text-faint">{healthReason(webhook, summary, now)}</div>
    </>
  );
}

function healthReason(webhook: Webhook, summary: WebhookSummary | undefined, now: number): string {
  if (webhook.status === "disabled") return webhook.disabled_reason ? "by Fanfare, see why" : "switched off";
  if (webhook.status === "failing") {
    const what = failureWord(webhook.last_delivery_status, summary?.last_error?.code);
    if (!summary?.failing_since) return what;
    return `${formatAge(now - Date.parse(summary.failing_since))} · ${what} × ${summary.failures_in_a_row}`;
  }
  if (!summary || summary.delivered + summary.failed === 0) {
    return webhook.last_delivery_at ? "quiet for a day" : "nothing sent yet";
  }
  return summary.failed === 0 ? "no failure in 24 h" : `${summary.failed} failed in 24 h`;
}
