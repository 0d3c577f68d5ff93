import type { WebhookRollup } from "@/db/store";
import { sumOf } from "./buckets";

const minuteMs = 60_000;
/** As many minutes are looked at, the one that is under way included. */
const minutes = 5;

/** The first of these minutes. */
export const paceSince = (now: number) => (Math.floor(now / minuteMs) - minutes + 1) * minuteMs;

/**
 * What a webhook took lately while it answered 429 to more; null if it did not. The most in a minute is of whole minutes
 * in which it said so, for only then is it known to be what it takes; null while there is none.
 */
export function toPaceView(rollups: WebhookRollup[], now: number) {
  const { delivered, codes } = sumOf(rollups.map(({ rollup }) => rollup));
  const refused = codes["429"] ?? 0;
  if (delivered === 0 || refused === 0) return null;
  const whole = rollups.filter(({ start, rollup }) => start + minuteMs <= now && rollup.codes["429"]);
  const most = Math.max(0, ...whole.map(({ rollup }) => rollup.delivered));
  return { taken: delivered, refused, most_in_a_minute: most === 0 ? null : most };
}
