import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";

/** A rest is so many times as long as the work before it, what followers then do with it, and all that came between. */
const restFactor = 4;
const maxRestMs = 250;

/** Until whoever waited for the work has read it, made it into text and handed it to a socket. */
const turnsOfFollowers = 3;

export type Pace = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Does work that can wait, one piece at a time, with rests between: at once when it was quiet, and the more seldom
 * the busier the process is, whose turns last longer then.
 */
export function createPace(): Pace {
  let last = Promise.resolve();

  return async (work) => {
    const before = last;
    let end = () => {};
    last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      void restAfter(startedAt).then(end);
    }
  };
}

async function restAfter(startedAt: number): Promise<void> {
  for (let count = 0; count < turnsOfFollowers; count += 1) await turn();
  const restMs = Math.min(maxRestMs, (performance.now() - startedAt) * restFactor);
  await pause(restMs, undefined, { ref: false });
}
