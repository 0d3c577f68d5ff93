import type { Dice } from "./dice";
import type { Settings } from "./model/state";

export const day = 24 * 60 * 60_000;

/** The machine of a history. */
export function drawSettings(dice: Dice): Settings {
  const timeoutMs = 15_000;
  const concurrency = dice.pick([3, 8, 16, 64]);
  return {
    timeoutMs,
    leaseMs: timeoutMs + 10_000,
    concurrency,
    webhookConcurrency: dice.pick([2, 4, 16]),
    customerCap: Math.max(1, Math.floor(concurrency / 4)),
    testSlots: 16,
    scheduleMs: dice.pick([
      [5_000, 20_000],
      [5_000, 20_000, 90_000, 300_000],
      [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000],
    ]),
    retentionMs: dice.pick([30 * day, 30 * day, day / 4]),
  };
}

export type Action = keyof typeof faultyActions;

/** What happens in a step while nothing goes wrong, and how likely it is. */
export const actions = {
  moment: 30,
  while: 12,
  publish: 20,
  edit: 9,
  rotate: 3,
  pause: 4,
  resume: 3,
  create: 2,
  remove: 1,
  redeliver: 4,
  recover: 3,
  giveUp: 1.5,
  test: 3,
  changeReceiver: 7,
  stranger: 1.5,
  platform: 1,
  restart: 0.5,
};

/** And while everything may. */
export const faultyActions = {
  ...actions,
  sleep: 3,
  removeCustomer: 0.4,
  kill: 2,
  freeze: 2,
  restart: 1,
  jump: 1,
  lock: 2,
};
