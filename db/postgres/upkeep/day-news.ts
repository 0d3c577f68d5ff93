import type { Tried } from "./try-later";

type Done = "made" | "dropped";

/**
 * Tells why days are not made, or else why they are not dropped, when that begins or the reason changes, and null when
 * both go on.
 */
export function dayNews(tell: (why: string | null) => void): (what: Done, tried: Tried) => void {
  const reasons: Record<Done, string | null> = { made: null, dropped: null };
  let told: string | null = null;

  return (what, tried) => {
    if (tried === "not our turn") return; // whose turn it is knows
    reasons[what] = tried === "done" ? null : `Days cannot be ${what}. ${tried.why}`;
    const why = reasons.made ?? reasons.dropped;
    if (why !== told) tell(why);
    told = why;
  };
}
