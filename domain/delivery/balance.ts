import type { DeliveryStatus } from "./decide";

/**
 * The green equation: of the events that a webhook's filter listed when they were accepted, what became of each.
 * `matched` is counted when an event is accepted, the others where it goes on, so that a sum that differs is a fault of
 * ours. `missed` had no delivery, because the webhook was off. Tests are left out.
 */
export type Balance = {
  matched: number;
  delivered: number;
  waiting: number;
  failed: number;
  cancelled: number;
  missed: number;
};

export const emptyBalance = (): Balance => ({
  matched: 0,
  delivered: 0,
  waiting: 0,
  failed: 0,
  cancelled: 0,
  missed: 0,
});

/** Whether nothing is lost and nothing counted twice. */
export const isBalanced = ({ matched, delivered, waiting, failed, cancelled, missed }: Balance): boolean =>
  matched === delivered + waiting + failed + cancelled + missed;

export function addBalances(a: Balance, b: Balance): Balance {
  return {
    matched: a.matched + b.matched,
    delivered: a.delivered + b.delivered,
    waiting: a.waiting + b.waiting,
    failed: a.failed + b.failed,
    cancelled: a.cancelled + b.cancelled,
    missed: a.missed + b.missed,
  };
}

/** By how much the numbers of a webhook's deliveries change, by their status. */
export type Moves = Partial<Record<DeliveryStatus, number>>;

/** So many went from one status to another. */
export const moved = (from: DeliveryStatus, to: DeliveryStatus, count = 1): Moves => ({
  [from]: -count,
  [to]: count,
});

/** Deliveries that had ended wait again, by how they had. */
export const resumed = (statuses: readonly DeliveryStatus[]): Moves =>
  Object.fromEntries(Object.entries(ended(statuses)).map(([status, count]) => [status, -count]));

/** Deliveries that ended, by how they did. */
export function ended(statuses: readonly DeliveryStatus[]): Moves {
  const moves: Moves = {};
  for (const status of statuses) moves[status] = (moves[status] ?? 0) + 1;
  return { ...moves, pending: 0 - statuses.length };
}
