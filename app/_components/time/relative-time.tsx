"use client";

import { Tooltip } from "@/app/_components/ui/tooltip";
import { formatFull, formatRelative } from "./format";
import { useNow } from "./now";
import { useTimeZone } from "./time-zone";

/** How long ago (or how soon), kept true; its tooltip says local time, UTC and unix seconds. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  const ms = Date.parse(at);
  return (
    <Tooltip content={<TimeFacts at={ms} />}>
      <time dateTime={at} className={className}>
        {formatRelative(ms, now)}
      </time>
    </Tooltip>
  );
}

function TimeFacts({ at }: { at: number }) {
  const zone = useTimeZone();
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3">
      <dt className="text-faint">{zone}</dt>
      <dd>{formatFull(at, zone)}</dd>
      <dt className="text-faint">UTC</dt>
      <dd>{formatFull(at, "UTC")}</dd>
      <dt className="text-faint">unix</dt>
      <dd translate="no" className="mono">
        {Math.floor(at / 1000)}
      </dd>
    </dl>
  );
}
