import { type Candidate, capOfCustomer, type Places, roomOf } from "./places";

/** A webhook with its due deliveries, in the order in which they should go: as many as have room, if there are. */
export type Offer = Candidate & { due: number[] };

/**
 * Shares the free places: customers take turns, one delivery at a time, and so do the webhooks of each. No
 * webhook and no customer gets more than its cap, what is in flight included, and no customer more than its part of
 * what is still free then: so a few whose receivers hang cannot fill all places (the dynamic threshold of Choudhury
 * and Hahne, 1998). Offers come, and are answered, in the order of their turns.
 */
export function shareTurns<O extends Offer>(
  offers: O[],
  places: Places,
): { offer: O; deliveries: number[] }[] {
  const shares = offers.map((offer) => ({
    offer,
    customerKey: offer.customerKey,
    due: offer.due.slice(0, roomOf(offer, places)),
    taken: 0,
  }));
  const served: typeof shares = [];
  let left = places.slots;
  const withDue = shares.filter(({ due }) => due.length > 0);
  for (const share of takeTurns(withDue, places, ({ due, taken }) => taken < due.length)) {
    if (left === 0) break;
    if (share.taken === 0) served.push(share);
    share.taken += 1;
    left -= 1;
  }
  return served.map(({ offer, due, taken }) => ({ offer, deliveries: due.slice(0, taken) }));
}

/**
 * Candidates in the order in which they would be served if each had one delivery due. Of these, the first `slots` that
 * have something due are offers enough: who comes after them could only get what one of those may not have after all,
 * and is first the next time.
 */
export const inTurn = <C extends Candidate>(candidates: C[], places: Places): Generator<C> =>
  takeTurns(candidates, places, () => false);

/** Webhooks of customers in turn, each until it has no more, and each customer until it may have no more. */
function* takeTurns<W extends { customerKey: number }>(
  webhooks: W[],
  places: Places,
  hasMore: (webhook: W) => boolean,
): Generator<W> {
  let { free } = places;
  let customers = byCustomer(webhooks, places);
  while (customers.length > 0) {
    for (const customer of customers) {
      const webhook = mayHaveMore(customer) ? customer.webhooks.shift() : undefined;
      if (!webhook) continue;
      customer.held += 1;
      free -= 1;
      yield webhook;
      if (hasMore(webhook)) customer.webhooks.push(webhook);
    }
    customers = customers.filter((customer) => customer.webhooks.length > 0 && mayHaveMore(customer));
  }

  function mayHaveMore({ held }: { held: number }): boolean {
    return held < capOfCustomer(places, free);
  }
}

function byCustomer<W extends { customerKey: number }>(webhooks: W[], { inFlight }: Places) {
  const customers = new Map<number, { held: number; webhooks: W[] }>();
  for (const webhook of webhooks) {
    const key = webhook.customerKey;
    const customer = customers.get(key);
    if (customer) customer.webhooks.push(webhook);
    else customers.set(key, { held: inFlight.byCustomer.get(key) ?? 0, webhooks: [webhook] });
  }
  return [...customers.values()];
}
