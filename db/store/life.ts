export type StoreLife = {
  /** Throws when the store cannot be read or its schema is not this version's. */
  ping(): Promise<void>;
  /** Calls back soon after commits, this process's and others'. Returns how to stop. */
  onChange(listener: () => void): () => void;
  /** Totals for /metrics. */
  countTotals(): Promise<Totals>;
  close(): Promise<void>;
};

export type Totals = {
  customers: number;
  webhooks: number;
  pending: number;
  oldestDueAgeMs: number | null;
  openBreakers: number;
};

/** The wall clock is further ahead than the time that passed explains; it is believed once that has lasted. */
export type ClockDoubt = { aheadMs: number; lastsMs: number };

/** Whether anything is read from a replica, and how far behind that is at most; null when nobody can say. */
export type ReplicaState = { isUsed: boolean; behindMs: number | null };
