import { setImmediate as turn } from "node:timers/promises";
import { RefusalTally } from "@/domain/delivery/refusal-tally";
import { answerLimits, customerLimits } from "@/domain/limits";
import type { Recoverable } from "../store";
import type { Recovering, RecoveryRange, RecoveryWindow } from "./recovery-window";

/** Events that one count looks at, at most: about a second's work, which others share. */
const maxEvents = answerLimits.countedEvents;

/**
 * Counts what a recovery would send again: for one caller of a customer at a time, others wait, and "busy" is
 * the answer when too many do. Other work gets a turn after every window. Throws the signal's reason once it
 * is aborted.
 */
export function targetCounter<Range extends RecoveryRange>(
  targets: (webhook: Recovering, range: Range) => RecoveryWindow | Promise<RecoveryWindow>,
) {
  const lines = new Map<number, Promise<unknown>[]>();

  return async (webhook: Recovering, range: Range, signal?: AbortSignal): Promise<Recoverable | "busy"> => {
    const line = lines.get(webhook.customerKey) ?? [];
    if (line.length >= customerLimits.counts) return "busy";
    const counting = afterAll([...line], () => count(webhook, range, signal));
    lines.set(webhook.customerKey, line);
    line.push(counting);
    try {
      return await counting;
    } finally {
      line.splice(line.indexOf(counting), 1);
      if (line.length === 0) lines.delete(webhook.customerKey);
    }
  };

  async function count(webhook: Recovering, range: Range, signal?: AbortSignal): Promise<Recoverable> {
    const refusals = new RefusalTally();
    let found = 0;
    let looked = 0;
    let rest = range;
    for (;;) {
      signal?.throwIfAborted();
      const window = await targets(webhook, rest);
      if (!window.after) return { count: found, isComplete: true, refused: refusals.most };
      if (looked >= maxEvents) return { count: found, isComplete: false, refused: refusals.most };
      found += window.failed.length + window.missed.length;
      refusals.add(window.failed);
      looked += window.events;
      rest = { ...rest, ...window.after };
      await turn();
    }
  }
}

async function afterAll<T>(before: Promise<unknown>[], then: () => Promise<T>): Promise<T> {
  await Promise.allSettled(before);
  return then();
}
