import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { webhookPaths } from "../backlog";
import { sampleEvent, sampleEvents } from "../events";
import { freezeWorkers } from "../freeze";
import type { Begin, Context, Reading } from "../measurement";
import { cpuUs } from "../processes";
import type { Scale } from "../scale";
import { postSingles, type SingleLoad } from "../single-load";
import { addCustomer, onStage, type Stage } from "../stage";

/** Events that come one in a request, as nearly every platform sends them: taken in alone, and while others are delivered. */
export function single({ builds, scale }: Context): Begin[] {
  return [
    ...builds.map((build) => onStage(build, (stage) => prepare(stage, scale))),
    () => beginBareServer(scale),
  ];
}

/** The same alone, on Postgres and on SQLite. */
export const singleOnPostgres = ({ builds: [build], scale }: Context): Begin[] =>
  [true, false].map((isOnPostgres) => {
    const prepare = async (stage: Stage) => {
      const load = await loadOf(stage, scale);
      return () => quiet(stage, load, scale);
    };
    return onStage({ ...build, name: isOnPostgres ? "on Postgres" : "on SQLite" }, prepare, { isOnPostgres });
  });

async function prepare(stage: Stage, scale: Scale) {
  const load = await loadOf(stage, scale);
  const busy = await addCustomers(stage);
  return async () => {
    const web = () => stage.product.pids("web");
    const readings = await quiet(stage, load, scale);
    for (const connections of scale.connections) {
      const { isOver, end } = await keepWorkerBusy(stage, busy, scale.busyDeliveries);
      const beside = { ...load, connections, seconds: scale.seconds, isOver };
      readings.push(...(await measure(beside, web(), ", while it delivers")));
      await end();
    }
    return readings;
  };
}

/** One that warmed up whom it is for. */
async function loadOf(stage: Stage, { warmUpSeconds }: Scale) {
  const customer = await addCustomer(stage, []);
  const headers = {
    "x-api-key": stage.settings.PLATFORM_API_KEY ?? "",
    "content-type": "application/json",
  };
  const load = { url: stage.product.url, headers, body: JSON.stringify(sampleEvent(customer.id)) };
  await postSingles({ ...load, connections: 8, seconds: warmUpSeconds });
  return load;
}

async function quiet(
  { product }: Stage,
  load: Awaited<ReturnType<typeof loadOf>>,
  { connections, seconds }: Scale,
): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const each of connections) {
    readings.push(...(await measure({ ...load, connections: each, seconds }, product.pids("web"), "")));
  }
  return readings;
}

async function measure(load: SingleLoad, pids: number[], when: string): Promise<Reading[]> {
  const before = cpuUs(pids);
  const { count, perSecond, p99Ms } = await postSingles(load);
  const words = `${connectionsOf(load.connections)}${when}`;
  return [
    { what: singleRow(words), unit: "/s", value: perSecond },
    { what: `single event → 202, p99, ${words}`, unit: "ms", value: p99Ms },
    {
      what: `CPU of who answers, a single event, ${words}`,
      unit: "µs",
      value: (cpuUs(pids) - before) / count,
    },
  ];
}

export const singleRow = (words: string) => `single events a second, ${words}`;
export const connectionsOf = (count: number) => (count === 1 ? "1 connection" : `${count} connections`);

/** Customers with all webhooks that a worker can be busy with. */
const addCustomers = (stage: Stage) =>
  Promise.all([0, 4, 8, 12].map((from) => addCustomer(stage, webhookPaths.slice(from, from + 4))));

/** Lets a backlog go that keeps the worker busy; it is over when the last of it has arrived. */
async function keepWorkerBusy(
  { product, platform, receiver, server }: Stage,
  owners: { id: string }[],
  deliveries: number,
) {
  await freezeWorkers({ product, server });
  for (let made = 0; made < deliveries / 4; made += 1_000) {
    const count = Math.min(1_000, deliveries / 4 - made) / owners.length;
    await platform.publish(owners.flatMap(({ id }) => sampleEvents(id, count)));
  }
  await receiver.take();
  product.signal("worker", "SIGCONT");
  let isOver = false;
  const arrived = receiver.waitFor(deliveries).then(() => {
    isOver = true;
  });
  return { isOver: () => isOver, end: () => arrived };
}

/** What the same machine takes in with nothing around it; see bare-server.ts. */
async function beginBareServer({ connections, seconds, warmUpSeconds }: Scale) {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-bench-"));
  const child = fork(join(import.meta.dirname, "bare-server.mjs"), [join(folder, "events.db")]);
  const [port] = await once(child, "message");
  const load = {
    url: `http://127.0.0.1:${port}`,
    headers: { "x-api-key": "a key of the bench", "content-type": "application/json" },
    body: JSON.stringify(sampleEvent("0193c11a-9d07-7a6e-86f3-b5e20c8d4731")),
  };
  await postSingles({ ...load, connections: 8, seconds: warmUpSeconds });
  return {
    name: "bare node:http server",
    async round() {
      const readings: Reading[] = [];
      for (const each of connections) {
        readings.push(...(await measure({ ...load, connections: each, seconds }, [child.pid ?? 0], "")));
      }
      return readings;
    },
    end() {
      child.disconnect();
      rmSync(folder, { recursive: true });
    },
  };
}
