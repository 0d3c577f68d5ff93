"use client";

import { failureWord } from "@/app/_components/status/failure-word";
import { isPausedNow } from "@/app/_components/status/paused-now";
import { StateBadge } from "@/app/_components/status/state-badge";
import { webhookStates } from "@/app/_components/status/states";
import { lookOf, webhookState } from "@/app/_components/status/webhook-state";
import { formatAge, formatClock } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import { useTimeZone } from "@/app/_components/time/time-zone";
import type { Webhook, WebhookSummary } from "./types";
import { useMissed } from "./use-missed";

/** The health of a webhook: its badge, and below it the reason and the age in a few words. */
export function HealthCell({ webhook, summary }: { webhook: Webhook; summary: WebhookSummary | undefined }) {
  const now = useNow();
  const zone = useTimeZone();
  const isPaused = isPausedNow(webhook, now);
  const missed = useMissed(webhook, summary?.disabled_at);
  return (
    <>
      <span className="flex flex-wrap gap-1">
        <StateBadge state={lookOf(webhook)} />
        {isPaused && <StateBadge state={webhookStates.paused} />}
      </span>
      <div className="mt-0.5 text-xs text-faint">
        <span>{isPaused ? pauseWords(webhook, now, zone) : healthReason(webhook, summary, now)}</span>
        {missed && missed.count > 0 && <span>{` · ${missedWords(missed)}`}</span>}
      </div>
    </>
  );
}

const missedWords = ({ count, is_complete }: { count: number; is_complete: boolean }) =>
  `${is_complete ? "" : "at least "}${count.toLocaleString("en")} missed`;

const pauseWords = ({ paused_until }: Webhook, now: number, zone: string) =>
  paused_until === null ? "until resumed" : `until ${formatClock(Date.parse(paused_until), now, zone)}`;

const listenerWords = ({ is_connected, last_heard_at }: NonNullable<Webhook["listener"]>, now: number) =>
  is_connected ? "to a machine of yours" : `last heard ${formatAge(now - Date.parse(last_heard_at))} ago`;

function healthReason(webhook: Webhook, summary: WebhookSummary | undefined, now: number): string {
  const state = webhookState(webhook);
  if (webhook.listener) return listenerWords(webhook.listener, now);
  if (state === "disabled") return webhook.disabled_reason ? "by Fanfare, see why" : "switched off";
  const { failed, attempts, since } = webhook.health;
  if (state === "degraded") return `${failed} of ${attempts} failed of late`;
  if (state === "failing") {
    const what = failureWord(webhook.last_delivery_status, summary?.last_error?.code);
    if (!summary?.failing_since || !since) return what;
    return `${formatAge(now - Date.parse(since))} · ${what} × ${summary.failures_in_a_row}`;
  }
  if (!summary || summary.delivered + summary.failed === 0) {
    return webhook.last_delivery_at ? "quiet for a day" : "nothing sent yet";
  }
  return summary.failed === 0 ? "no failure in 24 h" : `${summary.failed} failed in 24 h`;
}
