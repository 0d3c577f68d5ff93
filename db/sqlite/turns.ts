import type { ClaimRequest } from "../store";

/** A webhook of which something may be claimed. */
export type Candidate = {
  webhookKey: number;
  customerKey: number;
  isOpen: boolean;
  isDraining: boolean;
  drain: number;
  drained: number;
};

type Share = { candidate: Candidate; due: number[]; taken: number };

/**
 * Shares the free places: customers take turns, one delivery at a time, and so do the webhooks of each. No
 * webhook and no customer gets more than its cap, what is in flight included, and no customer more than are
 * still free then: so a few whose receivers hang cannot fill all places (the dynamic threshold of Choudhury
 * and Hahne, 1998). `candidates` come in the order of their turns, and `dueOf` answers up to `limit` due
 * deliveries of one.
 */
export function shareTurns(
  candidates: Candidate[],
  request: ClaimRequest,
  dueOf: (candidate: Candidate, limit: number) => number[],
): { candidate: Candidate; deliveries: number[] }[] {
  const shares: Share[] = [];
  let { free, slots } = request;
  let customers = [...byCustomer(candidates)].map(([key, own]) => ({
    held: request.inFlight.byCustomer.get(key) ?? 0,
    waiting: own,
    serving: [] as Share[],
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
    return held < Math.min(request.customerCap, free);
  }

  /** The customer's webhook whose turn it is and that still has something due; it goes to the end. */
  function nextShare(customer: { waiting: Candidate[]; serving: Share[] }): Share | null {
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
    const earned = request.webhookCaps.get(webhookKey) ?? request.webhookCap;
    const come = request.drainCaps.get(webhookKey);
    const cap = isDraining ? Math.min(earned, come?.drain === drain ? come.cap : 1) : earned;
    return Math.max(0, cap - (request.inFlight.byWebhook.get(webhookKey) ?? 0));
  }
}

function byCustomer(candidates: Candidate[]): Map<number, Candidate[]> {
  const groups = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.customerKey);
    if (group) group.push(candidate);
    else groups.set(candidate.customerKey, [candidate]);
  }
  return groups;
}
