"use client";

import { TriangleAlert } from "lucide-react";
import { maxHeartbeatAgeMs } from "@/domain/queue/heartbeat";
import { useReadiness } from "./use-readiness";

/** Says so while nothing can be delivered, since no list would: events wait without a word. */
export function WorkerNotice() {
  const { data } = useReadiness();
  if (!data || isRecent(data.last_worker_beat_age_ms)) return null;
  return (
    <p
      role="status"
      className="mb-4 flex items-start gap-3 rounded-[10px] border border-warn/40 bg-warn-ground px-4 py-3"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <span>
        No delivery worker is running. Events are accepted and wait; they are sent as soon as one runs again.
      </span>
    </p>
  );
}

const isRecent = (ageMs: number | null) => ageMs !== null && ageMs <= maxHeartbeatAgeMs;
