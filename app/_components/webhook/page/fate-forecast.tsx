"use client";

import { formatCountdown } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import type { WebhookQueue } from "./types";

/** What becomes of a failing webhook if nothing changes: what is held, the next probe, when it is switched off. */
export function FateForecast({ queue }: { queue: WebhookQueue }) {
  const now = useNow();
  const { held_count, pending_count, next_probe_at, disables_at } = queue;
  const untilProbe = next_probe_at && formatCountdown(Date.parse(next_probe_at) - now);
  const untilOff = disables_at && formatCountdown(Date.parse(disables_at) - now);
  return (
    <p className="mt-2 text-muted">
      {held_count > 0 ? (
        <>
          Nothing is lost: <b className="text-ink">{held_count.toLocaleString("en")} held</b>, and sent once
          it answers.{" "}
        </>
      ) : (
        pending_count > 0 && (
          <>
            <b className="text-ink">{pending_count.toLocaleString("en")} waiting</b> for{" "}
            {pending_count === 1 ? "its" : "their"} next attempt.{" "}
          </>
        )
      )}
      {untilProbe && (
        <>
          Next probe <b className="text-ink">in {untilProbe}</b>.{" "}
        </>
      )}
      {untilOff && (
        <>
          Switched off automatically <b className="text-ink">in {untilOff}</b> unless something arrives
          before.
        </>
      )}
    </p>
  );
}
