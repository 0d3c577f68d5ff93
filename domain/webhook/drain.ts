import type { QueueState } from "./queue-state";

/** What was held goes out from one at a time, in every worker: the new number tells them to begin anew. */
export function startDrain(queue: QueueState): QueueState {
  return { ...queue, isDraining: true, drain: queue.drain + 1 };
}

/** Nothing is left of what was held, or it is held again. */
export function stopDrain(queue: QueueState): QueueState {
  return { ...queue, isDraining: false };
}
