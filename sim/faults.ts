import type { Store } from "@/db/store";
import type { Dice } from "./dice";

/** What a store does to its callers, apart from what it is asked. */
export type Fault = {
  /** How long the call waits before it is made, in milliseconds. */
  delayMs: number;
  /** It fails, and nothing has happened; or it fails although everything has. */
  fails: "before" | "after" | null;
};

export class StoreFault extends Error {}

/** How likely a call goes wrong, by phase. */
export type FaultRates = { slow: number; failing: number };
export const noFaults: FaultRates = { slow: 0, failing: 0 };
export const someFaults: FaultRates = { slow: 0.05, failing: 0.03 };

const none: Fault = { delayMs: 0, fails: null };

export function drawFault(dice: Dice, faultRates: FaultRates, verb: keyof Store): Fault {
  if (faultRates.slow + faultRates.failing === 0 || verb === "onChange" || verb === "close") return none;
  const delayMs = dice.chance(faultRates.slow) ? dice.pick([5, 100, 600, 1_500, 3_000]) : 0;
  if (!dice.chance(faultRates.failing)) return delayMs === 0 ? none : { delayMs, fails: null };
  return { delayMs, fails: dice.pick(["before", "after"] as const) };
}
