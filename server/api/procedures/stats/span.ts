import { z } from "zod";
import { rollupKeptMs } from "@/domain/delivery/rollup";
import { badInput } from "@/domain/errors";
import { type Bars, barsOf, latestBars } from "@/domain/time/bars";
import { knownZone } from "@/domain/time/zone";
import { time } from "../../inputs";
import { statsRanges } from "../../views/stats";
import { isoTime } from "../../views/time";

/** Of which time a chart is: the latest hours or days, or from and until when. */
export const spanInput = {
  range: z.enum(statsRanges).default("24h").describe("The latest hours or days, unless `from` is given"),
  from: time.optional().describe("In place of a range; rounded down to a bar"),
  to: time.optional().describe("Where that ends, now when absent; rounded up to a bar"),
  time_zone: z
    .string()
    .max(64)
    .refine((name) => knownZone(name) !== null, "Must be a time zone of the tz database.")
    .default("UTC")
    .describe("Whose days the bars of a day are, and whose hours those of six"),
};

const hourMs = 3_600_000;
const rangeMs: Record<(typeof statsRanges)[number], number> = {
  "1h": hourMs,
  "24h": 24 * hourMs,
  "7d": 7 * 24 * hourMs,
  "30d": 30 * 24 * hourMs,
};

/** The bars of that time. Of what is no longer counted, nothing is shown. */
export function barsFor(
  { range, from, to, time_zone: zone }: z.output<z.ZodObject<typeof spanInput>>,
  now: number,
): Bars {
  if (from === undefined) return latestBars(rangeMs[range], zone, now);
  const end = to === undefined ? now + 1 : Date.parse(to);
  const begin = Math.max(Date.parse(from), now - rollupKeptMs.hour);
  if (Date.parse(from) >= end) throw refused("Must be later than `from`.");
  if (begin >= end) throw refused("Attempts are counted for 31 days: nothing so old is left.");
  if (end > now + mostAheadMs) throw refused("Must be no more than two days ahead.");
  return barsOf({ from: begin, to: end, zone, now });
}

const refused = (message: string) => badInput([{ path: ["to"], message, code: "custom" }]);

/** The end of today, wherever that is. */
const mostAheadMs = 48 * hourMs;

export const toSpanView = ({ edges, stepMs }: Bars) => ({
  from: isoTime(edges[0] ?? 0),
  to: isoTime(edges.at(-1) ?? 0),
  step_ms: stepMs,
});
