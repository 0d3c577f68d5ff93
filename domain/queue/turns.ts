/** A webhook of which something may be claimed. */
export type Candidate = {
  webhookKey: number;
  customerKey: number;
  isOpen: boolean;
  isDraining: boolean;
  drain: number;
  drained: number;
};

/** What a worker has free, and what it has in flight. Webhooks and customers are known by their keys. */
export type Places = {
  /** Free places, and how many of them to fill at once. */
  free: number;
  slots: number;
  webhookCap: number;
  customerCap: number;
  inFlight: { byWebhook: ReadonlyMap<number, number>; byCustomer: ReadonlyMap<number, number> };
  /** What webhooks have earned: caps below `webhookCap` after timeouts, and above 1 while what was held drains. */
  webhookCaps: ReadonlyMap<number, number>;
  drainCaps: ReadonlyMap<number, { drain: number; cap: number }>;
  /** Of what is free, no customer may have more than this part. */
  customerShare: number;
};

type Share<C> = { candidate: C; due: number[]; taken: number };

/**
 * Shares the free places: customers take turns, one delivery at a time, and so do the webhooks of each. No
 * webhook and no customer gets more than its cap, what is in flight included, and no customer more than its part of
 * what is still free then: so a few whose receivers hang cannot fill all places (the dynamic threshold of Choudhury
 * and Hahne, 1998). `candidates` come in the order of their turns, and `dueOf` answers up to `limit` due
 * deliveries of one.
 */
export function shareTurns<C extends Candidate>(
  candidates: C[],
  places: Places,
  dueOf: (candidate: C, limit: number) => number[],
): { candidate: C; deliveries: number[] }[] {
  const shares: Share<C>[] = [];
  const { customerCap, customerShare } = places;
  let { free, slots } = places;
  let customers = [...byCustomer(candidates)].map(([key, own]) => ({
    held: places.inFlight.byCustomer.get(key) ?? 0,
    waiting: own,
    serving: [] as Share<C>[],
  }));

  while (slots > 0 && customers.length > 0) {
    for (const customer of customers) {
      if (slots === 0) break;
      if (!mayHaveMore(customer)) continue;
      const share = nextShare(customer);
      if (!share) continue;
      share.taken += 1;
      customer.held += 1;
      free -= 1;
      slots -= 1;
    }
    customers = customers.filter(
      (customer) => mayHaveMore(customer) && customer.waiting.length + customer.serving.length > 0,
    );
  }
  return shares
    .filter(({ taken }) => taken > 0)
    .map(({ candidate, due, taken }) => ({ candidate, deliveries: due.slice(0, taken) }));

  function mayHaveMore({ held }: { held: number }): boolean {
    return held < capOf({ customerCap, customerShare, free });
  }

  /** The customer's webhook whose turn it is and that still has something due; it goes to the end. */
  function nextShare(customer: { waiting: C[]; serving: Share<C>[] }): Share<C> | null {
    const candidate = customer.waiting.shift();
    if (candidate) {
      const share = { candidate, due: dueOf(candidate, roomOf(candidate)), taken: 0 };
      shares.push(share);
      if (share.due.length === 0) return nextShare(customer);
      customer.serving.push(share);
      return share;
    }
    const share = customer.serving.shift();
    if (!share) return null;
    if (share.taken >= share.due.length) return nextShare(customer);
    customer.serving.push(share);
    return share;
  }

  function roomOf({ webhookKey, isOpen, isDraining, drain }: Candidate): number {
    if (isOpen) return 1;
    const earned = places.webhookCaps.get(webhookKey) ?? places.webhookCap;
    const come = places.drainCaps.get(webhookKey);
    const cap = isDraining ? Math.min(earned, come?.drain === drain ? come.cap : 1) : earned;
    return Math.max(0, cap - (places.inFlight.byWebhook.get(webhookKey) ?? 0));
  }
}

/** Customers who may have nothing more now. */
export function fullOf(places: Places): number[] {
  return [...places.inFlight.byCustomer].flatMap(([key, held]) => (held >= capOf(places) ? [key] : []));
}

function capOf({ customerCap, customerShare, free }: Pick<Places, "customerCap" | "customerShare" | "free">) {
  return Math.min(customerCap, free * customerShare);
}

function byCustomer<C extends Candidate>(candidates: C[]): Map<number, C[]> {
  const groups = new Map<number, C[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.customerKey);
    if (group) group.push(candidate);
    else groups.set(candidate.customerKey, [candidate]);
  }
  return groups;
}
