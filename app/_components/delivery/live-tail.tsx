"use client";

import { ArrowUp, Pause, Play } from "lucide-react";
import { LiveBadge } from "@/app/_components/live/live-badge";
import { Button } from "@/app/_components/ui/button";

/** Whether new deliveries appear by themselves, with a pause, and how many wait meanwhile. */
export function LiveTail({
  isPaused,
  onPause,
  newCount,
  onShowNew,
}: {
  isPaused: boolean;
  onPause: (isPaused: boolean) => void;
  newCount: number;
  onShowNew: () => void;
}) {
  const Icon = isPaused ? Play : Pause;
  return (
    // As wide as all of it needs, so that no word of it moves the filters into another line.
    <div className="flex min-w-54 items-center justify-end gap-1">
      {newCount > 0 && (
        <Button size="small" className="rounded-full" onClick={onShowNew}>
          <ArrowUp aria-hidden className="size-3.5" />
          <span>{`${newCount.toLocaleString("en")} new`}</span>
        </Button>
      )}
      {isPaused ? <span className="px-1 text-sm text-muted">List stopped</span> : <LiveBadge />}
      <Button
        look="quiet"
        size="icon"
        aria-label={isPaused ? "Go on showing new deliveries" : "Stop showing new deliveries"}
        onClick={() => onPause(!isPaused)}
      >
        <Icon aria-hidden className="size-3.5" />
      </Button>
    </div>
  );
}
