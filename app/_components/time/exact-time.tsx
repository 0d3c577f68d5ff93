"use client";

import type { ReactNode } from "react";
import { classNames } from "@/app/_components/ui/class-names";
import { Tooltip } from "@/app/_components/ui/tooltip";
import { formatFull } from "./format";
import { useTimeZone } from "./time-zone";

/**
 * A time, in whatever words, that says exactly when it is: local, UTC and unix seconds, on hover, on focus, and on a
 * press. It lies above the link of a row, so that it is reached there, too.
 */
export function ExactTime({
  at,
  className,
  children,
}: {
  /** ISO 8601. */
  at: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Tooltip content={<Facts at={Date.parse(at)} />}>
      <button type="button" className={classNames("relative z-10 cursor-default! rounded-sm", className)}>
        <time dateTime={at}>{children}</time>
      </button>
    </Tooltip>
  );
}

function Facts({ at }: { at: number }) {
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
