import { shareLimits } from "../limits";

type Held = { key: number; probes: number };

/** What an open breaker holds, by kind. */
export type HeldKinds = {
  /** That somebody asked for, whatever else they are, in the order in which they are due. */
  asked: Held[];
  /** Never tried; tried, and not refused for its content by the last answer; refused so. */
  untried: Held[];
  tried: Held[];
  refused: Held[];
};

/**
 * Contract rule 5: the next probe among what is held. First what somebody asked for; else in turn one that was never
 * tried, and of the others the oldest with the fewest probes. Never twice in a row one whose last answer refused its
 * content, unless nothing else waits.
 */
export function pickProbe(
  { asked, untried, tried, refused }: HeldKinds,
  { probesMade, isProbeRefused }: { probesMade: number; isProbeRefused: boolean },
): number | undefined {
  const isOnlyRefused = untried.length + tried.length === 0;
  const again = isProbeRefused && !isOnlyRefused ? tried : [...tried, ...refused];
  const [neverTried, other] = [leastProbed(untried), leastProbed(again)];
  const inTurn = probesMade % 2 === 0 ? [neverTried, other] : [other, neverTried];
  return (asked[0] ?? inTurn[0] ?? inTurn[1])?.key;
}

/** The oldest with the fewest probes. */
function leastProbed(held: Held[]): Held | undefined {
  return held.toSorted((a, b) => a.probes - b.probes || a.key - b.key)[0];
}

/**
 * Contract rule 5: while a backlog drains, three of four turns go to the oldest, one to the newest. `oldest` and
 * `newest` come in that order, and may hold the same deliveries; `drained` turns went before these. Answers `limit`
 * keys at most.
 */
export function pickDraining(oldest: number[], newest: number[], drained: number, limit: number): number[] {
  const picked = new Set<number>();
  for (let turn = drained; picked.size < limit; turn += 1) {
    const isNewest = turn % shareLimits.turnsToNewest === shareLimits.turnsToNewest - 1;
    const next = (isNewest ? newest : oldest).find((key) => !picked.has(key));
    if (next === undefined) break;
    picked.add(next);
  }
  return [...picked];
}
