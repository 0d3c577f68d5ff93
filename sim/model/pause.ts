import type { Webhook } from "@/db/store";
import type { Context } from "./context";
import { beginDrain, count, findHook, type Hook, type Model, pendingOf } from "./state";

/** It is on and stays on, and what waits and comes is held until then. One that is off has nothing to pause. */
export function hookPaused(
  { model, now }: Context,
  [customerId, hookId, until]: [string, string, number | null],
  result: Webhook | "inactive" | null,
): void {
  const hook = findHook(model, customerId, hookId);
  const expected = !hook ? null : hook.isActive ? "object" : "inactive";
  if (expected !== (typeof result === "string" ? result : result && "object")) {
    model.blame(32, `pausing ${hookId} answered ${JSON.stringify(result)}, not ${expected}`);
  }
  if (!hook?.isActive) return;
  count(model, `pauses${hook.pause ? " changed" : ""}`);
  hook.pause = { until };
  // Over at once, and seen to be so by the next claim.
  if (typeof result === "object" && result?.pause === null && (until === null || until > now)) {
    model.blame(32, `${hookId} was paused, and is not`);
  }
}

export function hookResumed(
  { model, now }: Context,
  [customerId, hookId]: [string, string],
  result: Webhook | null,
): void {
  const hook = findHook(model, customerId, hookId);
  if ((result !== null) !== (hook !== undefined)) model.blame(11, `resuming ${hookId} answered ${result}`);
  if (hook?.pause) endPause(model, hook, now, "by hand");
}

/** Whoever claims next after the end of a pause finds it over. */
export function endPauses({ model, now }: Context): void {
  for (const hook of model.hooks.values()) {
    if (isOver(hook, now)) endPause(model, hook, now, "by time");
  }
}

/** Nothing of it may be begun. */
export const isHeld = (hook: Hook, now: number) => hook.pause !== null && !isOver(hook, now);

const isOver = ({ pause }: Hook, now: number) => pause !== null && pause.until !== null && pause.until <= now;

/** What was held drains, unless the breaker goes on holding it. Nothing is known of the time meanwhile. */
function endPause(model: Model, hook: Hook, now: number, how: string): void {
  hook.pause = null;
  if (hook.countdown) hook.countdown.lastAt = now;
  if (!hook.open && (hook.drain || pendingOf(model, hook).length > 0)) beginDrain(model, hook);
  count(model, `pauses ended ${how}`);
}
