import { type Rate, rateRoom } from "./rate";

/** A webhook of which something may be claimed. Webhooks and customers are known by their keys. */
export type Candidate = {
  webhookKey: number;
  customerKey: number;
  /** Its breaker is open: one probe at a time. */
  isOpen: boolean;
  isDraining: boolean;
  drain: number;
};

/** What a worker has free, and what it has in flight. */
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
  /** How many requests may begin now of those that have a pace to keep to. */
  webhookRooms: ReadonlyMap<number, number>;
  /** Of what is free, no customer may have more than this part. */
  customerShare: number;
};

/** How many deliveries of a webhook may be claimed now: what has room, and what its limit lets begin. No probe waits for that. */
export function roomAt(candidate: Candidate & Rate, places: Places, now: number): number {
  return candidate.isOpen ? 1 : Math.min(roomOf(candidate, places), rateRoom(candidate, now));
}

/** How many have room beside those in flight, whatever the limit. */
export function roomOf(candidate: Candidate, places: Places): number {
  if (candidate.isOpen) return 1;
  return Math.min(
    besideInFlight(candidate, places),
    places.webhookRooms.get(candidate.webhookKey) ?? Number.POSITIVE_INFINITY,
  );
}

function besideInFlight({ webhookKey, isDraining, drain }: Candidate, places: Places): number {
  const earned = capOfWebhook(webhookKey, places);
  const come = places.drainCaps.get(webhookKey);
  const cap = isDraining ? Math.min(earned, come?.drain === drain ? come.cap : 1) : earned;
  return Math.max(0, cap - (places.inFlight.byWebhook.get(webhookKey) ?? 0));
}

/** How many places a customer may have, those in flight included, while so many are free. */
export function capOfCustomer({ customerCap, customerShare }: Places, free: number): number {
  return Math.min(customerCap, free * customerShare);
}

/** Customers who may have nothing more now. */
export function fullCustomers(places: Places): number[] {
  const cap = capOfCustomer(places, places.free);
  return [...places.inFlight.byCustomer].flatMap(([key, held]) => (held >= cap ? [key] : []));
}

/**
 * What is full by what is in flight, so that nobody looks for more of it. A webhook that drains and has something in
 * flight has no place, unless this worker knows its drain, and how far that has come: any other begins with one.
 */
export function fullPlaces(places: Places) {
  const { byWebhook } = places.inFlight;
  const fullWebhooks: number[] = [];
  const roomyDrains: [webhookKey: number, drain: number][] = [];
  for (const [key, room] of places.webhookRooms) if (room === 0) fullWebhooks.push(key);
  for (const [key, held] of byWebhook) {
    if (held >= capOfWebhook(key, places)) fullWebhooks.push(key);
    const come = places.drainCaps.get(key);
    if (come && held < come.cap) roomyDrains.push([key, come.drain]);
  }
  return {
    fullCustomers: fullCustomers(places),
    fullWebhooks,
    busyWebhooks: [...byWebhook.keys()],
    roomyDrains,
  };
}

const capOfWebhook = (key: number, { webhookCap, webhookCaps }: Places) => webhookCaps.get(key) ?? webhookCap;
