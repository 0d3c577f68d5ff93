import { paceLimits } from "../limits";

/**
 * How fast requests to one webhook may begin, learned from what its receiver takes: raised by what passes, lowered by
 * what is refused for coming too soon. Times are milliseconds of a clock that never steps back.
 */
export type Pace = {
  perSecond: number;
  /** The pace at which a request was refused after others had passed: near there, it is raised with care. */
  refusedAt: number;
  /** When the next request may begin. */
  nextAt: number;
  /** When it was lowered last: what had begun before says nothing of it. */
  loweredAt: number;
  /** Requests that have passed, and since when they are counted. */
  passed: number;
  countedSince: number;
  /** Whether any has passed since it was lowered. */
  isProven: boolean;
};

/** It is raised at most so often: what a raise came to must be seen before the next one. */
const raiseEveryMs = 1_000;
/** Below this part of the pace that was refused, it doubles. */
const farBelow = 1 / 4;
/** Then each request that passed adds so much, up to a limit: less before that pace, and more beyond it. */
const careful = { perPassed: 0.01, most: 0.05 };
const bold = { perPassed: 0.05, most: 0.25 };
/** What is left of it after a refusal, and after one more before anything has passed. */
const lowered = 0.8;
const loweredAgain = 0.5;
/** What has not been used is saved up for so long: so a fast pace needs no timer for each request. */
const savedMs = 100;
/** A pace of which less is used has not been tried. */
const usedPart = 1 / 3;

/** Nothing is known yet but that requests come too fast. */
export function firstPace(now: number): Pace {
  const perSecond = paceLimits.firstPerSecond;
  return {
    perSecond,
    refusedAt: Number.POSITIVE_INFINITY,
    nextAt: now + 1_000 / perSecond,
    loweredAt: now,
    passed: 0,
    countedSince: now,
    isProven: false,
  };
}

/** How many requests may begin now. */
export function roomAt(pace: Pace, now: number): number {
  if (now < pace.nextAt) return 0;
  return Math.min(mostAtOnce(pace), 1 + Math.floor((now - pace.nextAt) / betweenMs(pace)));
}

/** A request begins. One that was on its way before there was a pace to keep to does not put off the next further. */
export function afterStart(pace: Pace, now: number): Pace {
  const saved = (mostAtOnce(pace) - 1) * betweenMs(pace);
  return { ...pace, nextAt: Math.min(now, Math.max(pace.nextAt, now - saved)) + betweenMs(pace) };
}

/** A request that began at `startedAt` was taken. A pace that is not used proves nothing, and is not raised. */
export function afterPassed(pace: Pace, startedAt: number, now: number): Pace {
  if (startedAt < pace.loweredAt) return pace;
  const passed = pace.passed + 1;
  const countedMs = now - pace.countedSince;
  if (countedMs < raiseEveryMs) return { ...pace, passed, isProven: true };
  const isUsed = (passed * 1_000) / countedMs >= pace.perSecond * usedPart;
  const perSecond = isUsed ? pace.perSecond * raise(pace, passed) : pace.perSecond;
  return { ...pace, perSecond, passed: 0, countedSince: now, isProven: true };
}

function raise({ perSecond, refusedAt }: Pace, passed: number): number {
  if (perSecond < refusedAt * farBelow) return 2;
  const { perPassed, most } = perSecond < refusedAt ? careful : bold;
  return 1 + Math.min(most, perPassed * passed);
}

/** A request that began at `startedAt` came too soon. Those that began together say so once. */
export function afterRefused(pace: Pace, startedAt: number, now: number): Pace {
  if (startedAt < pace.loweredAt) return pace;
  const part = pace.isProven ? lowered : loweredAgain;
  const perSecond = Math.max(paceLimits.slowestPerSecond, pace.perSecond * part);
  return {
    perSecond,
    refusedAt: pace.isProven ? pace.perSecond : pace.refusedAt,
    nextAt: now + 1_000 / perSecond,
    loweredAt: now,
    passed: 0,
    countedSince: now,
    isProven: false,
  };
}

const betweenMs = ({ perSecond }: Pace) => 1_000 / perSecond;

const mostAtOnce = (pace: Pace) => Math.max(1, Math.floor(savedMs / betweenMs(pace)));
