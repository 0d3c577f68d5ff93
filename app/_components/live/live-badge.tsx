"use client";

import { agoWords, isNoticed, useDataAge } from "./data-age";
import { type LiveState, useLiveState, useOffline } from "./live-provider";

const looks: Record<LiveState, { word: string; dot: string }> = {
  live: { word: "Live", dot: "bg-ok-bar" },
  connecting: { word: "Connecting", dot: "bg-off-bar motion-safe:animate-pulse" },
  polling: { word: "Every 5 s", dot: "bg-warn-bar" },
  paused: { word: "Paused", dot: "bg-off-bar" },
};

/** Whether what is shown is kept true by itself, or how old it is while that is more than a moment. */
export function LiveBadge() {
  const state = useLiveState();
  const age = useDataAge();
  const isBehind = age !== null && isNoticed(age) && (state === "live" || state === "polling");
  const isOffline = useOffline() !== null;
  const { word, dot } = isOffline
    ? { word: "Offline", dot: "bg-bad-bar" }
    : isBehind
      ? { word: agoWords(age), dot: "bg-warn-bar" }
      : looks[state];
  return (
    <output className="inline-flex items-center gap-1.5 px-1 text-sm font-medium whitespace-nowrap text-muted">
      <span aria-hidden className={`size-[7px] rounded-full ${dot}`} />
      <span>{word}</span>
    </output>
  );
}
