import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Part } from "./keeper";
import { giveOrder, type Order, type Point, takeOrder } from "./product/orders";
import type { Trial } from "./trial";

export type Kills = {
  /** How many of each kind. */
  counts: Record<string, number>;
  /** From a kill of all workers to the next request of a new one, in milliseconds. */
  toFirstDeliveryMs: number[];
  /** From a kill of the web process to the next acknowledgement, in milliseconds. */
  toFirstAcknowledgementMs: number[];
  /** Orders that no process came by to take. */
  missed: number;
};

export const noKills = (): Kills => ({
  counts: {},
  toFirstDeliveryMs: [],
  toFirstAcknowledgementMs: [],
  missed: 0,
});

export const workerPoints: Point[] = [
  "after claim",
  "before send",
  "after send",
  "before record",
  "after record",
  "mid claim",
  "mid record",
  "before commit",
  "after commit",
  "mid checkpoint",
];
const webPoints: Point[] = ["mid fan-out", "before commit", "after commit"];
const parts: Part[] = ["worker", "web", "everything", "supervisor"];

/** So long an order waits for a process to come by. */
const orderWithinMs = 5_000;
/** An order waits for a random number of passes up to this. */
const maxSkip = 20;

/** Kills `count` times: at random instants and, in turn, at the named points. */
export async function killAgain(trial: Trial, count: number, kills: Kills): Promise<void> {
  for (let turn = 0, killed = 0; killed < count; turn += 1) {
    await pause(200 + Math.random() * 800);
    if (await killOnce(trial, turn, kills)) killed += 1;
    else kills.missed += 1;
    if (kills.missed > count) throw new Error("No process comes by to be killed.");
  }
}

function killOnce(trial: Trial, turn: number, kills: Kills): Promise<boolean> {
  const round = Math.floor(turn / 3);
  if (turn % 3 === 0) return killPart(trial, pick(parts, round), kills);
  if (turn % 3 === 1) return killAt(trial, "worker", pick(workerPoints, round), kills);
  if (round % 2 === 0) return killAt(trial, "web", pick(webPoints, round / 2), kills);
  return killPart(trial, "everything", kills);
}

export async function killPart(trial: Trial, part: Part, kills: Kills): Promise<true> {
  const delivery = trial.receiver.nextNewcomer();
  const acknowledgement = trial.load.nextAcknowledgement();
  const killedAt = performance.now();
  trial.product.kill(part);
  count(kills, `${part}, at random`);
  if (part !== "web") {
    const firstMs = (await delivery) - killedAt;
    // A killed supervisor's worker ends by itself, and delivers until then.
    if (part !== "supervisor") kills.toFirstDeliveryMs.push(firstMs);
  }
  if (part !== "worker") kills.toFirstAcknowledgementMs.push((await acknowledgement) - killedAt);
  return true;
}

/** False when no process came by. */
async function killAt(trial: Trial, role: "worker" | "web", point: Point, kills: Kills): Promise<boolean> {
  const order = { role, point, skip: Math.floor(Math.random() * (point === "mid checkpoint" ? 2 : maxSkip)) };
  if (!(await carryOut(trial, order))) return false;
  count(kills, `${role}, ${point}`);
  const killedAt = performance.now();
  if (role === "web") {
    kills.toFirstAcknowledgementMs.push((await trial.load.nextAcknowledgement()) - killedAt);
    return true;
  }
  const firstAt = await trial.receiver.nextNewcomer();
  // With several workers the others go on meanwhile.
  if (trial.workers === 1) kills.toFirstDeliveryMs.push(firstAt - killedAt);
  return true;
}

/** Gives an order and waits until a process has died of it. False when none came by. */
export async function carryOut(trial: Trial, order: Order): Promise<boolean> {
  giveOrder(trial.orderFile, order);
  const giveUpAt = performance.now() + orderWithinMs;
  while (existsSync(trial.orderFile)) {
    if (performance.now() > giveUpAt) return !takeOrder(trial.orderFile);
    await pause(2);
  }
  return true;
}

function count(kills: Kills, kind: string): void {
  kills.counts[kind] = (kills.counts[kind] ?? 0) + 1;
}

const pick = <T>(list: readonly T[], index: number): T => list[Math.floor(index) % list.length] as T;
