import type { Context } from "./context";
import { slowestPaceMs } from "./pace";
import { isHeld } from "./pause";
import { hasToken } from "./rate";
import { type Hook, isInFlight, type Model, pendingOf, type Worker } from "./state";

/** A ready delivery is begun within this time when nothing is wrong and a place is free. */
const startsWithinMs = 5_000;

/** While nothing is wrong, what may be sent is sent soon. Call it again and again. */
export function judgeWaiting(model: Model, now: number, alive: Worker[]): void {
  const tests = [...model.deliveries.values()].filter(({ event }) => event.isTest);
  for (const delivery of tests) {
    if (
      delivery.status === "pending" &&
      !isInFlight(delivery, now) &&
      delivery.dueAt < now - startsWithinMs
    ) {
      model.blame(18, `the test ${delivery.key} waits although a worker lives`);
    }
  }
  for (const hook of model.hooks.values()) {
    const isReady =
      hook.isActive &&
      !isHeld(hook, now) &&
      isProbeDue(hook, now) &&
      hasToken(hook, now) &&
      alive.some((worker) => hasPlace(model, worker, hook.key, hook.customer.key)) &&
      pendingOf(model, hook).some((each) => each.dueAt <= now && !isInFlight(each, now));
    if (!isReady) hook.readySince = null;
    else hook.readySince ??= model.elapsedMs();
    const waitedMs = model.elapsedMs() - (hook.readySince ?? model.elapsedMs());
    const paceMs = alive.some(({ paced }) => paced.has(hook)) ? slowestPaceMs : 0;
    if (waitedMs > startsWithinMs + paceMs)
      model.blame(18, `webhook ${hook.id} was ready for ${waitedMs} ms`);
  }
}

/** True too while there is no breaker in the way. */
function isProbeDue({ open }: Hook, now: number): boolean {
  if (!open) return true;
  return open.probeAt <= now && !(open.probe && isInFlight(open.probe, now));
}

function hasPlace({ settings }: Model, { flying }: Worker, hookKey: number, customerKey: number): boolean {
  const ordinary = [...flying].filter(({ delivery }) => !delivery.event.isTest);
  const ofHook = ordinary.filter(({ delivery }) => delivery.hook.key === hookKey);
  const ofCustomer = ordinary.filter(({ delivery }) => delivery.hook.customer.key === customerKey);
  const free = settings.concurrency - ordinary.length;
  return ofHook.length === 0 && ofCustomer.length < Math.min(settings.customerCap, free);
}

/** When the last work may be done, in epoch milliseconds; null when nothing is left to do. */
export function nextWorkAt(model: Model): number | null {
  let next: number | null = null;
  for (const { status, dueAt, hook, event } of model.deliveries.values()) {
    if (status !== "pending" || (!event.isTest && !hook.isActive && !hook.isDeleted)) continue;
    const isPausedForEver = hook.pause !== null && hook.pause.until === null;
    if (!event.isTest && isPausedForEver) continue;
    const held = event.isTest ? 0 : Math.max(hook.open?.probeAt ?? 0, hook.pause?.until ?? 0);
    const at = Math.max(dueAt, held);
    next = Math.min(next ?? at, at);
  }
  return next;
}

/** After everything has ended: nothing that could go on waits, and every target of a recovery was sent. */
export function judgeEnd({ model }: Context): void {
  for (const { key, status, hook, event } of model.deliveries.values()) {
    const mayWait = !event.isTest && !hook.isActive && !hook.isDeleted;
    if (status === "pending" && !mayWait) model.blame(4, `delivery ${key} never ended`);
    if (status === "pending" && hook.isDeleted) model.blame(4, `delivery ${key} outlives its webhook`);
  }
  for (const recovery of model.recoveries.values()) {
    if (!recovery.isDone && !recovery.hook.isDeleted && !recovery.hook.customer.isDeleted) {
      model.blame(22, "a recovery never ended");
    }
  }
}
