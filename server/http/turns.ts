import { setTimeout as pause } from "node:timers/promises";

/** Work of one caller at a time. A page of the dashboard asks a dozen things at once, and most take a millisecond or two. */
const places = 2;
/** From this on work is felt by others, who get three times as long before the place is taken again. */
const heavyMs = 10;
const restFactor = 3;
const maxRestMs = 1_000;

/** Lets what one caller asks for wait for one another, so that much heavy work of one slows down nobody else. */
export type Turns = {
  /** Waits for a turn; the function that comes back ends it. */
  enter(caller: string): Promise<() => void>;
};

type Line = { taken: number; waiting: (() => void)[] };

export function createTurns(): Turns {
  const lines = new Map<string, Line>();

  return {
    async enter(caller) {
      const line = lines.get(caller) ?? { taken: 0, waiting: [] };
      lines.set(caller, line);
      if (line.taken < places) line.taken += 1;
      else await new Promise<void>((resolve) => line.waiting.push(resolve));
      const startedAt = performance.now();
      let isOver = false;
      return () => {
        if (!isOver) void handOn(caller, line, performance.now() - startedAt);
        isOver = true;
      };
    },
  };

  async function handOn(caller: string, line: Line, tookMs: number): Promise<void> {
    if (tookMs >= heavyMs) await pause(Math.min(tookMs * restFactor, maxRestMs), undefined, { ref: false });
    const next = line.waiting.shift();
    if (next) return next();
    line.taken -= 1;
    if (line.taken === 0) lines.delete(caller);
  }
}
