import { setTimeout as pause } from "node:timers/promises";

/** Work of one caller at a time. A page of the dashboard asks a dozen things at once, and most take a millisecond or two. */
const places = 2;
/** From this on work is felt by others. A caller may do so much of it at once, and then so much of its time. */
const heavyMs = 5;
const burstMs = 500;
const share = 1 / 8;
const maxRestMs = 1_000;
/** Work beyond this is not counted: one rest makes up for it, and nobody is slow for minutes after much of it. */
const mostSpentMs = burstMs + maxRestMs * share;

/** Lets what one caller asks for wait for one another, so that much heavy work of one slows down nobody else. */
export type Turns = {
  /** Waits for a turn; the function that comes back ends it. */
  enter(caller: string): Promise<() => void>;
};

type Line = { taken: number; waiting: (() => void)[]; work: Allowance };

export function createTurns(): Turns {
  const lines = new Map<string, Line>();

  return {
    async enter(caller) {
      const line = lines.get(caller) ?? { taken: 0, waiting: [], work: createAllowance() };
      lines.set(caller, line);
      if (line.taken < places) line.taken += 1;
      else await new Promise<void>((resolve) => line.waiting.push(resolve));
      const restMs = line.work.restMs();
      if (restMs > 0) await pause(restMs, undefined, { ref: false });
      const tookMs = measureWork();
      let isOver = false;
      return () => {
        if (!isOver) void handOn(caller, line, tookMs());
        isOver = true;
      };
    },
  };

  async function handOn(caller: string, line: Line, tookMs: number): Promise<void> {
    if (tookMs >= heavyMs) {
      line.work.spend(tookMs);
      // Whoever waits for the network comes first.
      await pause(1, undefined, { ref: false });
    }
    const next = line.waiting.shift();
    if (next) return next();
    line.taken -= 1;
    setTimeout(() => forget(caller, line), line.work.spentMs() / share).unref();
  }

  function forget(caller: string, line: Line): void {
    if (line.taken === 0 && line.work.spentMs() === 0) lines.delete(caller);
  }
}

/** How much of the processor's time has gone by since then: a machine that is busy with others makes no work heavier. */
export function measureWork(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  };
}

/** How long whoever asked for work that was all in vain waits for the answer, so that it is not asked for all the time. */
export const restAfter = (tookMs: number): number =>
  tookMs < heavyMs ? 0 : Math.min(tookMs / share, maxRestMs);

type Allowance = {
  spend(ms: number): void;
  /** What was spent, and is not made up for by the time since. */
  spentMs(): number;
  /** How long to wait until more may be spent. */
  restMs(): number;
};

function createAllowance(): Allowance {
  let spent = 0;
  let at = performance.now();
  const spentMs = () => Math.max(0, spent - (performance.now() - at) * share);

  return {
    spend(ms) {
      spent = Math.min(spentMs() + ms, mostSpentMs);
      at = performance.now();
    },
    spentMs,
    restMs: () => Math.max(0, (spentMs() - burstMs) / share),
  };
}
