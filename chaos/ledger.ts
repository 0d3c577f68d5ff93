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
  acknowledge(id: string, deliveries: number): void;
};

export function createLedger(): Ledger {
  const entries = new Map<string, Entry>();
  const contradictions: string[] = [];
  return {
    entries,
    contradictions,
    acknowledge(id, deliveries) {
      const entry = entries.get(id);
      if (!entry) contradictions.push(`Event ${id} was acknowledged and never published.`);
      else if (entry.acknowledged !== null && entry.acknowledged !== deliveries) {
        contradictions.push(`Event ${id} had ${entry.acknowledged} deliveries and then ${deliveries}.`);
      } else entry.acknowledged = deliveries;
    },
  };
}
