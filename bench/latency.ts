import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { addCustomer, type Bench, percentile, type Row, sampleEvent } from "./bench";

const pace = { seconds: 20, warmUpSeconds: 3 };
/** Four customers' quarters would fill a worker. */
const hangingCustomers = 4;
const hangingEventsEach = 500;

/** From the call that publishes one event to the first byte of its request at the receiver. */
export async function measureLatency(bench: Bench): Promise<Row[]> {
  const customer = await addCustomer(bench, ["/timed/a"]);
  const { firstByte, answer } = await publishSteadily(bench, customer, { ...pace, perSecond: 50 });
  return [
    {
      what: "publish → first byte at the receiver, 50 events/s",
      measured: tell(firstByte),
      goal: "p50 ≤ 20 ms, p99 ≤ 100 ms",
    },
    { what: "publish → 202, 50 events/s", measured: tell(answer), goal: "" },
  ];
}

/** The same for one customer while other customers' receivers take every request and never answer. */
export async function measureHanging(bench: Bench): Promise<Row[]> {
  const healthy = await addCustomer(bench, ["/timed/a"]);
  const before = await publishSteadily(bench, healthy, { ...pace, perSecond: 20 });
  for (let made = 0; made < hangingCustomers; made += 1) {
    const hanging = await addCustomer(bench, ["/hang/a", "/hang/b", "/hang/c", "/hang/d"]);
    await bench.platform.publish(Array.from({ length: hangingEventsEach }, () => sampleEvent(hanging)));
  }
  const beside = await publishSteadily(bench, healthy, { ...pace, perSecond: 20 });
  return [
    { what: "publish → first byte, 20 events/s, alone", measured: tell(before.firstByte), goal: "" },
    {
      what: `the same beside ${hangingCustomers} customers that hang with ${hangingEventsEach * 4} deliveries each`,
      measured: tell(beside.firstByte),
      goal: "unmoved",
    },
  ];
}

/** Publishes at a steady pace for a while; answers how long each event took to its 202 and to its receiver. */
export async function publishSteadily(
  { platform, receiver }: Bench,
  customer: string,
  { perSecond, seconds, warmUpSeconds }: { perSecond: number; seconds: number; warmUpSeconds: number },
) {
  const sentAt = new Map<string, number>();
  const answer: number[] = [];
  const underWay: Promise<void>[] = [];
  const publish = async (isCounted: boolean) => {
    const id = randomUUID();
    const startedAt = machineMs();
    if (isCounted) sentAt.set(id, startedAt);
    await platform.publish([sampleEvent(customer, id)]);
    if (isCounted) answer.push(machineMs() - startedAt);
  };
  const startedAt = performance.now();
  for (let turn = 0; turn < perSecond * (seconds + warmUpSeconds); turn += 1) {
    await pause(Math.max(0, startedAt + (turn * 1_000) / perSecond - performance.now()));
    underWay.push(publish(turn >= perSecond * warmUpSeconds));
  }
  await Promise.all(underWay);
  await pause(1_000);
  const { arrivals } = await receiver.take();
  const firstByte = arrivals.flatMap(([id, atMs]) => {
    const at = sentAt.get(id);
    return at === undefined ? [] : [atMs - at];
  });
  if (firstByte.length < sentAt.size) throw new Error(`Only ${firstByte.length} of ${sentAt.size} arrived.`);
  return { firstByte, answer };
}

const tell = (values: number[]) =>
  `p50 ${percentile(values, 0.5).toFixed(1)} ms, p99 ${percentile(values, 0.99).toFixed(1)} ms (${values.length})`;

function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
