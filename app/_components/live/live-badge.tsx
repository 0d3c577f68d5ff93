"use client";

import { type LiveState, useLiveState } from "./live-provider";

const looks: Record<LiveState, { word: string; dot: string }> = {
  live: { word: "Live", dot: "bg-ok-bar" },
  connecting: { word: "Connecting", dot: "bg-off-bar motion-safe:animate-pulse" },
  polling: { word: "Every 5 s", dot: "bg-warn-bar" },
  paused: { word: "Paused", dot: "bg-off-bar" },
};

/** Whether what is shown is kept true by itself. */
export function LiveBadge() {
  const { word, dot } = looks[useLiveState()];
  return (
    <output className="inline-flex items-center gap-1.5 px-1 text-sm font-medium whitespace-nowrap text-muted">
      <span aria-hidden className={`size-[7px] rounded-full ${dot}`} />
      <span>{word}</span>
    </output>
  );
}
