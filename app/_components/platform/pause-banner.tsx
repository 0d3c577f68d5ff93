"use client";

import { CirclePause } from "lucide-react";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Button } from "@/app/_components/ui/button";
import { useDeliveryPause } from "./use-delivery-pause";

/** Says on every page that nothing is delivered, since when, and by whom. */
export function PauseBanner() {
  const { pause, resuming } = useDeliveryPause();
  if (!pause) return null;
  return (
    <div
      role="status"
      className="mb-4 flex flex-wrap items-center gap-3 rounded-[10px] border border-warn/40 bg-warn-ground px-4 py-3"
    >
      <CirclePause aria-hidden className="size-4 shrink-0 text-warn" />
      <p className="min-w-0 grow basis-60">
        <span className="font-medium">All delivery is paused</span>
        <span> since </span>
        <RelativeTime at={pause.paused_at} />
        {pause.paused_by && <span>{`, by ${pause.paused_by}`}</span>}
        <span>. Events are accepted and held; only tests go out.</span>
      </p>
      <Button disabled={resuming.isPending} aria-busy={resuming.isPending} onClick={() => resuming.mutate()}>
        Resume delivery
      </Button>
    </div>
  );
}
