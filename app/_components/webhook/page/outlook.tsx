"use client";

import { ClockTime } from "@/app/_components/time/clock-time";
import { formatCountdown } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import type { WebhookQueue } from "./types";

/** What becomes of a failing webhook if nothing changes: what is held, the next probe, when it is switched off. */
export function Outlook({ queue, isPaused }: { queue: WebhookQueue; isPaused: boolean }) {
  const now = useNow();
  if (isPaused) return <p className="mt-1 text-muted">Nothing is tried before it is resumed.</p>;
  const { held_count, pending_count, next_probe_at } = queue;
  const untilProbe = next_probe_at && formatCountdown(Date.parse(next_probe_at) - now);
  return (
    <p className="mt-1 text-muted">
      {held_count > 0 ? (
        <>
          <span>Back by </span>
          <ClockTime at={queue.safe_until} />
          <span>, nothing is lost: </span>
          <b className="text-ink">{`${held_count.toLocaleString("en")} held`}</b>
          <span>, and sent once it answers. </span>
        </>
      ) : (
        pending_count > 0 && (
          <>
            <b className="text-ink">{`${pending_count.toLocaleString("en")} waiting`}</b>
            <span>{` for ${pending_count === 1 ? "its" : "their"} next attempt. `}</span>
          </>
        )
      )}
      {untilProbe && (
        <>
          <span>Next probe</span> <b className="text-ink">{`in ${untilProbe}`}</b>
          <span>. </span>
        </>
      )}
      {queue.disables_at && <SwitchingOff queue={queue} at={Date.parse(queue.disables_at)} now={now} />}
    </p>
  );
}

/** Time alone switches nothing off: attempts have to fail too, and the last one of them does it. */
function SwitchingOff({ queue, at, now }: { queue: WebhookQueue; at: number; now: number }) {
  const left = queue.failures_to_disable ?? 1;
  const failures = `after ${left.toLocaleString("en")} more failed attempts`;
  const isTime = at <= now;
  const countdown = `in ${formatCountdown(at - now)} at the earliest`;
  const whenTime = left > 1 ? failures : "when the next attempt fails";
  const besides = !isTime && left > 1 ? `, ${failures}` : "";
  return (
    <span>
      <span>Switched off automatically</span> <b className="text-ink">{isTime ? whenTime : countdown}</b>
      <span>{`${besides}, unless something arrives before.`}</span>
    </span>
  );
}
