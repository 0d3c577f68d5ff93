import type { Cause } from "./cause";
import { type Explanation, explain } from "./diagnose";
import type { Evidence } from "./evidence";
import { Look } from "./look";

/** What a delivery that succeeded may have to say all the same; the first that fits is told. */
export const hints: Cause[] = [];

/** What is odd about an answer that counts as delivered; null when nothing is. */
export function hintOf(evidence: Evidence): Explanation | null {
  const look = new Look(evidence);
  const hint = hints.find((each) => each.fits(look));
  return hint ? explain(hint, look) : null;
}
