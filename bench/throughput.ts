import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { BareLoop } from "./bare-loop";
import { addCustomer, type Bench, median, type Row, sampleEvent } from "./bench";

const arraySize = 1_000;
const arrays = 20;
const customers = 4;
const webhooksEach = 4;
const connectionsEach = 16; // WEBHOOK_CONCURRENCY
const rounds = 3;
/** Events of one round; each brings `webhooksEach` deliveries. */
const eventsPerRound = 4_000;
const bareSeconds = 5;
/** As many as a delivery has, so that the receiver has the same work. */
const headers = Object.fromEntries([
  ["content-type", "application/json"],
  ...Array.from({ length: 13 }, (_, index) => [`x-header-${index}`, "0193c11a-9d07-7a6e-86f3-b5e20c8d4731"]),
]);

/** Arrays of 1000 events, one after the other, while the worker delivers what they bring. */
export async function measurePublishing(bench: Bench): Promise<Row[]> {
  const customer = await addCustomer(bench, ["/count/a"]);
  const perSecond: number[] = [];
  for (let turn = 0; turn < arrays; turn += 1) {
    const startedAt = performance.now();
    await bench.platform.publish(Array.from({ length: arraySize }, () => sampleEvent(customer)));
    perSecond.push((arraySize * 1_000) / (performance.now() - startedAt));
  }
  const fastest = Math.max(...perSecond);
  return [
    {
      what: "events published in arrays of 1000, worker delivering",
      measured: `median ${Math.round(median(perSecond))}/s, best ${Math.round(fastest)}/s`,
      goal: "",
    },
  ];
}

/** A backlog drained by the worker, and undici alone to the same receiver, in turns. */
export async function measureDelivering(bench: Bench): Promise<Row[]> {
  const names = Array.from({ length: webhooksEach }, (_, index) => `/count/${index}`);
  const owners = await Promise.all(Array.from({ length: customers }, () => addCustomer(bench, names)));
  const bare: number[] = [];
  const product: number[] = [];
  await drain(bench, owners, 400); // warm
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await runBare(bench, names));
    product.push(await drain(bench, owners, eventsPerRound));
  }
  const share = median(product.map((rate, round) => rate / (bare[round] ?? Number.NaN)));
  return [
    { what: "deliveries of the worker", measured: `median ${Math.round(median(product))}/s`, goal: "" },
    { what: "requests of a bare undici loop", measured: `median ${Math.round(median(bare))}/s`, goal: "" },
    { what: "worker / bare loop, round by round", measured: share.toFixed(2), goal: "≥ 0.6" },
  ];
}

/** Lets a backlog grow while the worker is frozen; answers deliveries a second from its thaw to the last one. */
async function drain(bench: Bench, owners: string[], events: number): Promise<number> {
  bench.product.signal("worker", "SIGSTOP");
  for (let made = 0; made < events; made += 200) {
    const owner = owners[(made / 200) % owners.length] ?? "";
    await bench.platform.publish(Array.from({ length: 200 }, () => sampleEvent(owner)));
  }
  await bench.receiver.take();
  const startedAt = performance.now();
  bench.product.signal("worker", "SIGCONT");
  let count = 0;
  while (count < events * webhooksEach) {
    await pause(20);
    count += (await bench.receiver.take()).count;
  }
  return (count * 1_000) / (performance.now() - startedAt);
}

async function runBare({ receiver, caFile }: Bench, names: string[]): Promise<number> {
  const child = fork(join(import.meta.dirname, "bare-loop.mjs"), {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile },
  });
  const loop: BareLoop = {
    origin: receiver.origin,
    paths: Array.from({ length: customers }, () => names).flat(),
    connectionsPerPath: connectionsEach,
    headers,
    body: JSON.stringify(sampleEvent("bench")),
    seconds: bareSeconds,
  };
  child.send(loop);
  const [perSecond] = await once(child, "message");
  await once(child, "exit");
  return perSecond;
}
