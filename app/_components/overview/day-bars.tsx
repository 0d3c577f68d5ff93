"use client";

import { formatClock } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { type Hour, hoursOf } from "./hours";
import type { OverviewStats } from "./types";

/** The attempts of each hour as a bar, failed ones in red at the bottom. The largest hour fills the height. */
export function DayBars({ overview }: { overview: OverviewStats }) {
  const now = useNow();
  const zone = useTimeZone();
  const hours = hoursOf(overview);
  const most = Math.max(1, ...hours.map(({ delivered, failed }) => delivered + failed));
  const clock = ({ start }: Hour) => formatClock(Date.parse(start), now, zone);
  return (
    <figure className="min-w-0">
      <div aria-hidden className="flex h-10 items-end gap-px sm:gap-0.5">
        {hours.map((hour) => (
          <div
            key={hour.start}
            title={`${clock(hour)}: ${words(hour)}`}
            className="flex h-full flex-1 items-end"
          >
            <HourBar hour={hour} most={most} />
          </div>
        ))}
      </div>
      <figcaption className="sr-only">
        <span>Attempts per hour. </span>
        <span>{`${hours.filter(({ failed }) => failed > 0).length} of ${hours.length} hours have failures. `}</span>
        <span>
          {hours
            .filter(({ failed }) => failed > 0)
            .map((hour) => `${clock(hour)}: ${words(hour)}`)
            .join("; ")}
        </span>
      </figcaption>
    </figure>
  );
}

const words = ({ delivered, failed }: Hour) =>
  `${delivered.toLocaleString("en")} delivered, ${failed.toLocaleString("en")} failed attempts`;

function HourBar({ hour: { delivered, failed }, most }: { hour: Hour; most: number }) {
  const all = delivered + failed;
  if (all === 0) return <div className="h-0.5 w-full bg-off-bar" />;
  return (
    <div
      className="flex min-h-[3px] w-full flex-col justify-end overflow-hidden rounded-[1px] bg-ok-bar"
      style={{ height: `${(all / most) * 100}%` }}
    >
      {failed > 0 && (
        <div className="min-h-0.5 shrink-0 bg-bad-bar" style={{ height: `${(failed / all) * 100}%` }} />
      )}
    </div>
  );
}
