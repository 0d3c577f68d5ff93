import type { Connection, Transaction } from "./connection";

type Body<Result> = (tx: Transaction) => Promise<Result>;
type Job = { body: Body<unknown>; resolve: (result: unknown) => void; reject: (error: unknown) => void };

/**
 * Lets one of each kind of write share a transaction, in the order of `kinds`, with those that came while the last one
 * ran. They would wait for one another's locks, and a transaction costs three messages and a flush. When it fails, each
 * is run by itself.
 */
export function writeGroup<Kind extends string>(write: Connection["write"], kinds: readonly Kind[]) {
  const waiting = new Map<Kind, Job[]>(kinds.map((kind) => [kind, []]));
  let isRunning = false;

  return function writeTogether<Result>(kind: Kind, body: Body<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      waiting.get(kind)?.push({ body, resolve: resolve as Job["resolve"], reject });
      if (!isRunning) void run();
    });
  };

  async function run(): Promise<void> {
    isRunning = true;
    await Promise.resolve(); // who calls in the same turn comes along
    for (let jobs = takeJobs(); jobs.length > 0; jobs = takeJobs()) await runTogether(jobs);
    isRunning = false;
  }

  function takeJobs(): Job[] {
    return [...waiting.values()].flatMap((jobs) => jobs.splice(0, 1));
  }

  async function runTogether(jobs: Job[]): Promise<void> {
    try {
      const results = await write(async (tx) => {
        const results: unknown[] = [];
        for (const { body } of jobs) results.push(await body(tx));
        return results;
      });
      for (const [index, { resolve }] of jobs.entries()) resolve(results[index]);
    } catch (error) {
      if (jobs.length === 1) jobs[0]?.reject(error);
      else for (const job of jobs) await runTogether([job]);
    }
  }
}
