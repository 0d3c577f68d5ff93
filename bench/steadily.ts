import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { sampleEvent } from "./events";
import type { Reading } from "./measurement";
import { machineMs, percentile } from "./numbers";
import type { Stage } from "./stage";

export type Pace = { perSecond: number; seconds: number; warmUpSeconds: number };

/** How long each event took, in milliseconds: from its call to the 202, and to its first byte at the receiver. */
export type Took = { answer: number[]; firstByte: number[] };

/** Publishes at a steady pace, one event a call, to a customer whose webhook is on /timed/…. */
export async function publishSteadily(
  { platform, receiver }: Stage,
  customer: string,
  { perSecond, seconds, warmUpSeconds }: Pace,
): Promise<Took> {
  const sentAt = new Map<string, number>();
  const answer: number[] = [];
  const underWay: Promise<void>[] = [];
  const publish = async (isCounted: boolean) => {
    const id = randomUUID();
    const startedAt = machineMs();
    if (isCounted) sentAt.set(id, startedAt);
    await platform.publish([sampleEvent(customer, { id })]);
    if (isCounted) answer.push(machineMs() - startedAt);
  };
  const startedAt = performance.now();
  const turns = Math.ceil(perSecond * (seconds + warmUpSeconds));
  for (let turn = 0; turn < turns; turn += 1) {
    await pause(Math.max(0, startedAt + (turn * 1_000) / perSecond - performance.now()));
    underWay.push(publish(turn >= perSecond * warmUpSeconds));
  }
  await Promise.all(underWay);
  const arrivals = await receiver.arrivalsOf([...sentAt.keys()]);
  const firstByte = [...sentAt].map(([id, at]) => (arrivals.get(id) ?? Number.NaN) - at);
  return { answer, firstByte };
}

/** The middle and the slowest hundredth. */
export const tellTimes = (what: string, values: number[], beside?: string): Reading[] =>
  [0.5, 0.99].map((share) => ({
    what: `${what}, p${share * 100}`,
    unit: "ms",
    value: percentile(values, share),
    beside: beside && `${beside}, p${share * 100}`,
  }));
