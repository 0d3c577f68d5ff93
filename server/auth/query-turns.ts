import { setTimeout as pause } from "node:timers/promises";

/** Queries at work for one customer. A page asks a dozen at once, and most take a millisecond or two. */
const places = 2;
/** From this on a query is felt by others, who get three times as long before the place is taken again. */
const heavyMs = 10;
const restFactor = 3;
const maxRestMs = 300;

/** Lets each customer's queries wait for one another, so that many heavy ones of one slow down nobody else. */
export type QueryTurns = {
  /** Runs a query when it is its turn. */
  inTurn<T>(customerId: string, query: () => Promise<T>): Promise<T>;
};

type Line = { taken: number; waiting: (() => void)[] };

export function createQueryTurns(): QueryTurns {
  const lines = new Map<string, Line>();

  return {
    async inTurn(customerId, query) {
      const line = lines.get(customerId) ?? { taken: 0, waiting: [] };
      lines.set(customerId, line);
      if (line.taken < places) line.taken += 1;
      else await new Promise<void>((resolve) => line.waiting.push(resolve));
      const startedAt = performance.now();
      try {
        return await query();
      } finally {
        void handOn(customerId, line, performance.now() - startedAt);
      }
    },
  };

  async function handOn(customerId: string, line: Line, tookMs: number): Promise<void> {
    if (tookMs >= heavyMs) await pause(Math.min(tookMs * restFactor, maxRestMs), undefined, { ref: false });
    const next = line.waiting.shift();
    if (next) return next();
    line.taken -= 1;
    if (line.taken === 0) lines.delete(customerId);
  }
}
