/** What the platform knows of one event that it published. */
export type Entry = {
  id: string;
  customer: string;
  /** The number of deliveries that was acknowledged; null while no 202 came. */
  acknowledged: number | null;
};

/** The events of a run, kept outside of the product. */
export type Ledger = {
  entries: Map<string, Entry>;
  /** Answers that contradict an earlier one, or refuse what is right. */
  contradictions: string[];
  /** How many requests were not taken, by the status that they were answered with, or for want of an answer. */
  refusals: Record<string, number>;
  acknowledge(id: string, deliveries: number): void;
  refuse(how: string): void;
};

export function createLedger(): Ledger {
  const entries = new Map<string, Entry>();
  const contradictions: string[] = [];
  const refusals: Record<string, number> = {};
  return {
    entries,
    contradictions,
    refusals,
    acknowledge(id, deliveries) {
      const entry = entries.get(id);
      if (!entry) contradictions.push(`Event ${id} was acknowledged and never published.`);
      else if (entry.acknowledged !== null && entry.acknowledged !== deliveries) {
        contradictions.push(`Event ${id} had ${entry.acknowledged} deliveries and then ${deliveries}.`);
      } else entry.acknowledged = deliveries;
    },
    refuse(how) {
      refusals[how] = (refusals[how] ?? 0) + 1;
    },
  };
}
