/** What one transaction takes of several callers. */
const maxEvents = 2_000;
/** Transactions of publishing that run at once: the next one is on its way while one is flushed. */
const maxRunning = 2;

type Caller<Event, Result> = {
  events: Event[];
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/**
 * Lets calls that come while others are written share a transaction, and with it the messages and the flush of one.
 * `publishTogether` answers a result a call; null for one that may not stay, and then it has written none of them: such
 * a call is made by itself, and the others together again.
 */
export function publishGroup<Event, Result>({
  publishTogether,
  publishAlone,
}: {
  publishTogether: (calls: Event[][]) => Promise<(Result | null)[]>;
  publishAlone: (events: Event[]) => Promise<Result>;
}): (events: Event[]) => Promise<Result> {
  let waiting: Caller<Event, Result>[] = [];
  let running = 0;

  return (events) =>
    new Promise((resolve, reject) => {
      waiting.push({ events, resolve, reject });
      if (running < maxRunning) void run();
    });

  async function run(): Promise<void> {
    running += 1;
    await Promise.resolve(); // who calls in the same turn comes along
    while (waiting.length > 0) await serve(takeCallers());
    running -= 1;
  }

  function takeCallers(): Caller<Event, Result>[] {
    let count = 0;
    const end = waiting.findIndex(({ events }, index) => {
      count += events.length;
      return index > 0 && count > maxEvents;
    });
    const taken = end < 0 ? waiting : waiting.slice(0, end);
    waiting = waiting.slice(taken.length);
    return taken;
  }

  async function serve(callers: Caller<Event, Result>[]): Promise<void> {
    const [first] = callers;
    if (first && callers.length === 1) return publishAlone(first.events).then(first.resolve, first.reject);
    try {
      const results = await publishTogether(callers.map(({ events }) => events));
      if (!results.includes(null)) {
        for (const [index, { resolve }] of callers.entries()) resolve(results[index] as Result);
        return;
      }
      const alone = callers.filter((_, index) => results[index] === null);
      const together = callers.filter((_, index) => results[index] !== null);
      for (const caller of alone) await serve([caller]);
      if (together.length > 0) await serve(together);
    } catch (error) {
      for (const { reject } of callers) reject(error);
    }
  }
}
