import { setImmediate as turn } from "node:timers/promises";
import { type RecoveryKind, recoveryKinds } from "@/domain/delivery/recovery";
import { RefusalTally } from "@/domain/delivery/refusal-tally";
import { answerLimits, customerLimits } from "@/domain/limits";
import type { Recoverable } from "../store";
import {
  type KindCounts,
  noCounts,
  type Recovering,
  type RecoveryRange,
  type RecoveryWindow,
} from "./recovery-window";

/** Events that one count looks at, at most: about a second's work, which others share. */
const maxEvents = answerLimits.countedEvents;

/** A webhook that is counted for, and whether a recovery would send to it. */
export type Counted = Recovering & { id: string; isActive: boolean; isTarget: boolean };

/**
 * Counts what a recovery would send again: for one caller of a customer at a time, others wait, and "busy" is
 * the answer when too many do. Other work gets a turn after every window. Throws the signal's reason once it
 * is aborted.
 */
export function targetCounter<Range extends RecoveryRange>(
  targets: (webhooks: Recovering[], range: Range) => RecoveryWindow | Promise<RecoveryWindow>,
) {
  const lines = new Map<number, Promise<unknown>[]>();

  return async (webhooks: Counted[], range: Range, signal?: AbortSignal): Promise<Recoverable | "busy"> => {
    const line = lines.get(range.customerKey) ?? [];
    if (line.length >= customerLimits.counts) return "busy";
    const counting = afterAll([...line], () => count(webhooks, range, signal));
    lines.set(range.customerKey, line);
    line.push(counting);
    try {
      return await counting;
    } finally {
      line.splice(line.indexOf(counting), 1);
      if (line.length === 0) lines.delete(range.customerKey);
    }
  };

  async function count(webhooks: Counted[], range: Range, signal?: AbortSignal): Promise<Recoverable> {
    const isTarget = new Set(webhooks.filter((each) => each.isTarget).map(({ key }) => key));
    const counts = new Map(webhooks.map(({ key }) => [key, noCounts()]));
    const refusals = new RefusalTally();
    let looked = 0;
    let rest = range;
    for (;;) {
      signal?.throwIfAborted();
      const window = await targets(webhooks, rest);
      if (!window.after || looked >= maxEvents) return answer(window.after === null);
      for (const [key, more] of window.counts) add(counts.get(key), more);
      refusals.add(window.ended.filter(({ webhookKey }) => isTarget.has(webhookKey)));
      looked += window.looked;
      rest = { ...rest, ...window.after };
      await turn();
    }

    function answer(isComplete: boolean): Recoverable {
      const ofKinds = (all: KindCounts) => range.include.reduce((sum, kind) => sum + all[kind], 0);
      const sum = [...isTarget].reduce((total, key) => total + ofKinds(counts.get(key) ?? noCounts()), 0);
      return {
        count: sum,
        isComplete,
        refused: refusals.most,
        webhooks: webhooks.map(({ key, id, isActive }) => ({
          webhookId: id,
          isActive,
          counts: counts.get(key) ?? noCounts(),
        })),
      };
    }
  }
}

function add(counts: KindCounts | undefined, more: KindCounts): void {
  if (counts) for (const kind of recoveryKinds as readonly RecoveryKind[]) counts[kind] += more[kind];
}

async function afterAll<T>(before: Promise<unknown>[], then: () => Promise<T>): Promise<T> {
  await Promise.allSettled(before);
  return then();
}
