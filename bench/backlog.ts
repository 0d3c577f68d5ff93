import { sampleEvents } from "./events";
import { freezeWorkers } from "./freeze";
import type { Begin, Build, Reading } from "./measurement";
import { cpuUs, withChildren } from "./processes";
import { addCustomer, onStage, type Stage, type StageOptions } from "./stage";

/** What is to be delivered: so many events, each to `fanOut` webhooks. */
export type Work = { events: number; fanOut: number; what: string };

/** Who is given work in one go, and then does all of it. */
export type Drain = {
  /** Takes the events in, durably if it does so at all. */
  fill(events: number): Promise<void>;
  /** Resolves when the last delivery has arrived. */
  empty(deliveries: number): Promise<void>;
  /** The processes that deliver, and all that have a part in it. */
  workers(): number[];
  all(): number[];
};

/** Reads what it costs to take events in, and then to deliver them. */
export async function drainBacklog(drain: Drain, { events, fanOut, what }: Work): Promise<Reading[]> {
  const deliveries = events * fanOut;
  const before = { atMs: performance.now(), us: cpuUs(drain.all()) };
  await drain.fill(events);
  const filled = { atMs: performance.now(), us: cpuUs(drain.workers()) };
  await drain.empty(deliveries);
  const atMs = performance.now();
  const perSecond = (sinceMs: number) => (deliveries * 1_000) / (atMs - sinceMs);
  return [
    { what: drainedRow(what), unit: "/s", value: perSecond(filled.atMs) },
    { what: publishedRow(what), unit: "/s", value: perSecond(before.atMs) },
    {
      what: `CPU of who delivers for a delivery, ${what}`,
      unit: "µs",
      value: (cpuUs(drain.workers()) - filled.us) / deliveries,
    },
    {
      what: `CPU of all processes for a delivery, publishing included, ${what}`,
      unit: "µs",
      value: (cpuUs(drain.all()) - before.us) / deliveries,
    },
  ];
}

export const drainedRow = (what: string) => `deliveries a second, ${what}`;
export const publishedRow = (what: string) => `deliveries a second, publishing included, ${what}`;

/** How much less than a round warms up who is measured. */
export const warmUpOf = (work: Work): Work => ({ ...work, events: Math.ceil(work.events / 8) });

/** Something that goes on during a round, until the answer is called. */
export type Beside = (stage: Stage) => Promise<() => Promise<void>>;

/** A build as a subject that has one work after the other in each round. */
export const drainInRounds = (
  build: Build,
  works: Work[],
  { beside, ...options }: StageOptions & { beside?: Beside } = {},
): Begin => {
  const prepare = async (stage: Stage) => {
    const drains = await Promise.all(works.map(({ fanOut }) => productDrain(stage, fanOut)));
    const run = async (todo: Work[]) => {
      const readings: Reading[] = [];
      for (const [index, work] of todo.entries()) {
        const drain = drains[index] as Drain;
        readings.push(...(await drainBacklog(drain, work)));
      }
      return readings;
    };
    await run(works.map(warmUpOf));
    return async () => {
      const end = await beside?.(stage);
      const readings = await run(works);
      await end?.();
      return readings;
    };
  };
  return onStage(build, prepare, options);
};

/** As many webhooks fill a worker: 16 requests in flight for each (WEBHOOK_CONCURRENCY), 256 altogether. */
export const webhookPaths = Array.from({ length: 16 }, (_, index) => `/count/${index}`);
const arraySize = 1_000;

/** A product whose every event goes to `fanOut` webhooks. Its workers are frozen while it is filled. */
export async function productDrain(stage: Stage, fanOut: number): Promise<Drain> {
  const { product, platform, receiver } = stage;
  const owners: string[] = [];
  for (let made = 0; made < webhookPaths.length; made += fanOut) {
    owners.push((await addCustomer(stage, webhookPaths.slice(made, made + fanOut))).id);
  }
  return {
    async fill(events) {
      await freezeWorkers(stage);
      for (let made = 0; made < events; made += arraySize) {
        const count = Math.min(arraySize, events - made);
        const perOwner = Math.ceil(count / owners.length);
        const array = owners.flatMap((owner) => sampleEvents(owner, perOwner)).slice(0, count);
        await platform.publish(array);
      }
      await receiver.take();
    },
    async empty(deliveries) {
      product.signal("worker", "SIGCONT");
      await receiver.waitFor(deliveries);
    },
    workers: () => product.pids("worker"),
    all: () => withChildren([...product.pids(), ...(stage.server ? [stage.server.pid] : [])]),
  };
}
