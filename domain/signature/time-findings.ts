import { bad, type Finding, info, ok } from "./finding";
import { logTimeIn } from "./log-time";

/** Standard Webhooks advises receivers to refuse what is older. */
const toleranceSeconds = 5 * 60;

export type Moment = {
  /** webhook-timestamp as it was pasted; undefined when it was not. */
  stamp: string | undefined;
  /** The log's text. */
  log: string;
  /** How far the receiver's clock was ahead of ours, in seconds, when it answered the attempt; null when it did not say. */
  aheadSeconds: number | null;
  /** Whether it is an attempt that is known: of one that is old, nothing is told. */
  isKnown: boolean;
  nowSeconds: number;
};

/** What is wrong with the time of a request, from its timestamp, from ours, and from when the log's line was written. */
export function timeFindings({ stamp, log, aheadSeconds, isKnown, nowSeconds }: Moment): Finding[] {
  if (aheadSeconds !== null && Math.abs(aheadSeconds) > toleranceSeconds) return [dateFinding(aheadSeconds)];
  if (stamp === undefined) return [];
  if (!/^\d{1,20}$/.test(stamp)) return [bad("webhook-timestamp should be unix seconds.")];
  const signedAt = Number(stamp);
  if (stamp.length === 13)
    return [
      bad("webhook-timestamp is in milliseconds here, but it is sent in seconds: something changed it."),
    ];
  return clockFinding(signedAt, log) ?? ageFindings(nowSeconds - signedAt, isKnown);
}

function dateFinding(aheadSeconds: number): Finding {
  const side = aheadSeconds > 0 ? "ahead of" : "behind";
  return bad(
    `The Date of your endpoint's answer was ${seconds(aheadSeconds)} ${side} our clock, and libraries allow ${toleranceSeconds} s. Check your clock (NTP).`,
  );
}

/** How far the receiver's clock is from ours, told by its own log; null when the log does not tell. */
function clockFinding(signedAt: number, log: string): Finding[] | null {
  const logged = logTimeIn(log);
  if (logged === null) return null;
  const apart = logged.seconds - signedAt;
  if (Math.abs(apart) <= toleranceSeconds || (!logged.hasZone && isZone(apart))) return null;
  const side = apart > 0 ? "after" : "before";
  return [
    bad(
      `Your log's line was written ${seconds(apart)} ${side} it was signed: ${
        apart > 0
          ? "your clock is ahead, or the request waited in a queue. Check the clock (NTP), and check signatures before anything waits."
          : "your clock is behind. Check it (NTP)."
      } Libraries allow ${toleranceSeconds} s.`,
    ),
  ];
}

const quarterHour = 15 * 60;
const longestZone = 14 * 3600;

/** Whether times that name no zone are apart as zones are. */
function isZone(apart: number): boolean {
  const off = Math.abs(apart) % quarterHour;
  return Math.abs(apart) <= longestZone + quarterHour && Math.min(off, quarterHour - off) <= 90;
}

function ageFindings(age: number, isKnown: boolean): Finding[] {
  if (Math.abs(age) <= toleranceSeconds) return [ok(`It was signed ${Math.max(0, age)} s ago.`)];
  if (age < 0)
    return [bad(`Its timestamp is ${seconds(age)} in the future: was it seconds, not milliseconds?`)];
  if (isKnown) return [];
  return [
    info(
      `It was signed ${seconds(age)} ago. Libraries refuse what is older than ${toleranceSeconds} s, so check clocks and queues if this came live.`,
    ),
  ];
}

const seconds = (count: number) => `${Math.round(Math.abs(count))} s`;
