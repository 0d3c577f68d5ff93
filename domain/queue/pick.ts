import { shareLimits } from "../limits";

/** Contract rule 5: the next probe among what is held is the one with the fewest probes, and the oldest of those. */
export function pickProbe(held: { key: number; probes: number }[]): number | undefined {
  return [...held].sort((a, b) => a.probes - b.probes || a.key - b.key)[0]?.key;
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
