import type { Store } from "@/db/store";
import type { Dice } from "./dice";

/** What a store does to its callers, apart from what it is asked. */
export type Trouble = {
  /** How long the call waits before it is made, in milliseconds. */
  delayMs: number;
  /** It fails, and nothing has happened; or it fails although everything has. */
  fails: "before" | "after" | null;
};

export class StoreTrouble extends Error {}

/** How likely a call goes wrong, by phase. */
export type Weather = { slow: number; failing: number };
export const calm: Weather = { slow: 0, failing: 0 };
export const rough: Weather = { slow: 0.05, failing: 0.03 };

const none: Trouble = { delayMs: 0, fails: null };

export function drawTrouble(dice: Dice, weather: Weather, verb: keyof Store): Trouble {
  if (weather.slow + weather.failing === 0 || verb === "onChange" || verb === "close") return none;
  const delayMs = dice.chance(weather.slow) ? dice.pick([5, 100, 600, 1_500, 3_000]) : 0;
  if (!dice.chance(weather.failing)) return delayMs === 0 ? none : { delayMs, fails: null };
  return { delayMs, fails: dice.pick(["before", "after"] as const) };
}
