"use client";

import { ExactTime } from "./exact-time";
import { formatRelative } from "./format";
import { useNow } from "./now";

/** How long ago (or how soon), kept true. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  return (
    <ExactTime at={at} className={className}>
      {formatRelative(Date.parse(at), useNow())}
    </ExactTime>
  );
}
