"use client";

import { formatClock } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import { useTimeZone } from "@/app/_components/time/time-zone";

type Hour = { start: string; delivered: number; failed: number };

const height = 120;
const step = 24;
const barWidth = 18;

/** Attempts of each hour as bars, failed ones in red at the bottom, and the same in a table. */
export function HourBars({ hours }: { hours: Hour[] }) {
  const zone = useTimeZone();
  const now = useNow();
  const most = Math.max(1, ...hours.map(({ delivered, failed }) => delivered + failed));
  const clock = ({ start }: Hour) => formatClock(Date.parse(start), now, zone);
  return (
    <figure>
      <svg
        viewBox={`0 0 ${hours.length * step} ${height}`}
        preserveAspectRatio="none"
        aria-hidden
        className="h-32 w-full border-b border-line"
      >
        {hours.map((hour, index) => (
          <g key={hour.start}>
            <title>{`${clock(hour)}: ${words(hour)}`}</title>
            <rect x={index * step} width={step} height={height} fill="transparent" />
            <Bar hour={hour} most={most} x={index * step + (step - barWidth) / 2} />
          </g>
        ))}
      </svg>
      <figcaption className="mt-1 flex justify-between text-sm text-faint">
        <span>{hours[0] && clock(hours[0])}</span>
        <span>{`most in an hour: ${most.toLocaleString("en")}`}</span>
        <span>now</span>
      </figcaption>
      <details className="mt-2">
        <summary className="text-sm text-muted">As a table</summary>
        <table className="mt-1 text-sm">
          <thead>
            <tr className="text-left text-faint">
              <th scope="col" className="pr-6 font-medium">
                Hour
              </th>
              <th scope="col" className="pr-6 text-right font-medium">
                Delivered
              </th>
              <th scope="col" className="text-right font-medium">
                Failed
              </th>
            </tr>
          </thead>
          <tbody>
            {hours.toReversed().map((hour) => (
              <tr key={hour.start}>
                <td className="pr-6">{clock(hour)}</td>
                <td className="pr-6 text-right">{hour.delivered.toLocaleString("en")}</td>
                <td className="text-right">{hour.failed.toLocaleString("en")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function Bar({ hour: { delivered, failed }, most, x }: { hour: Hour; most: number; x: number }) {
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * height));
  const bad = heightOf(failed);
  const good = heightOf(delivered);
  return (
    <>
      <rect x={x} width={barWidth} y={height - bad - good} height={good} className="fill-ok-bar" />
      <rect x={x} width={barWidth} y={height - bad} height={bad} className="fill-bad-bar" />
    </>
  );
}

const words = ({ delivered, failed }: Hour) =>
  `${delivered.toLocaleString("en")} delivered, ${failed.toLocaleString("en")} failed`;
