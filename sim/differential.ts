import type { AttemptRecord, Claim, ClaimRequest, Store } from "@/db/store";
import type { TapedCall } from "./tape";

/** What two stores called the same thing by names of their own: row keys, and ids that a store made up. */
export class Names {
  private readonly keys = new Map<string, number>();
  private readonly ids = new Map<string, string>();

  /** Learns that a key of the first store is this one of the other. */
  learn(kind: KeyKind, first: number, other: number): void {
    this.keys.set(`${kind} ${first}`, other);
  }

  key(kind: KeyKind, first: number): number {
    const other = this.keys.get(`${kind} ${first}`);
    if (other === undefined) throw new Error(`The ${kind} ${first} was never claimed.`);
    return other;
  }

  /** The text as the other store has it. An id that was never seen is what stands in its place. */
  text(first: string, other: string): string {
    const others = other.match(uuids) ?? [];
    let place = 0;
    return first.replace(uuids, (id) => {
      const standsThere = others[place];
      place += 1;
      const known = this.ids.get(id);
      if (known !== undefined || standsThere === undefined) return known ?? id;
      this.ids.set(id, standsThere);
      return standsThere;
    });
  }

  /** The same of what the first store made up and the other was seen to have. */
  id(first: string): string {
    return first.replace(uuids, (id) => this.ids.get(id) ?? id);
  }
}

type KeyKind = "delivery" | "webhook" | "customer";

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Makes a taped call of another store: with its own names in place of the first one's. */
export async function replay(store: Store, { verb, args }: TapedCall, names: Names): Promise<unknown> {
  const call = store[verb] as (...args: unknown[]) => Promise<unknown>;
  return call(...args.map((arg) => translate(verb, arg, names)));
}

function translate(verb: keyof Store, arg: unknown, names: Names): unknown {
  switch (verb) {
    case "claimDeliveries":
      return toRequest(arg as ClaimRequest, names);
    case "recordAttempts":
      return (arg as AttemptRecord[]).map((record) => toRecord(record, names));
    case "releaseDeliveries":
    case "tellInFlight":
      return (arg as Claim[]).map((claim) => toClaim(claim, names));
    case "setSystemWebhook":
    case "subscribe": {
      if (arg === null || typeof arg !== "object" || !("sealed" in arg)) return arg;
      const { sealed, ...rest } = arg;
      return { ...rest, seal: () => sealed };
    }
    case "settleChallenge":
      return arg !== null && typeof arg === "object" && "webhookId" in arg
        ? { ...arg, webhookId: names.id(String(arg.webhookId)) }
        : arg;
    default:
      return typeof arg === "string" ? names.id(arg) : arg;
  }
}

function toRequest(request: ClaimRequest, names: Names): ClaimRequest {
  const inOther = <Value>(kind: KeyKind, map: ReadonlyMap<number, Value>) =>
    new Map([...map].map(([key, value]) => [names.key(kind, key), value]));
  return {
    ...request,
    testsInFlight: inOther("customer", request.testsInFlight),
    inFlight: {
      byWebhook: inOther("webhook", request.inFlight.byWebhook),
      byCustomer: inOther("customer", request.inFlight.byCustomer),
    },
    webhookCaps: inOther("webhook", request.webhookCaps),
    webhookRooms: inOther("webhook", request.webhookRooms),
    drainCaps: inOther("webhook", request.drainCaps),
  };
}

function toRecord(record: AttemptRecord, names: Names): AttemptRecord {
  const headers = Object.entries(record.request.headers).map(([name, value]) => [name, names.id(value)]);
  const request = { ...record.request, headers: Object.fromEntries(headers) };
  return { ...record, request, claim: toClaim(record.claim, names) };
}

function toClaim(claim: Claim, names: Names): Claim {
  const { webhook, event } = claim;
  return {
    ...claim,
    delivery: names.key("delivery", claim.delivery),
    event: { ...event, id: names.id(event.id) },
    webhook: {
      ...webhook,
      key: names.key("webhook", webhook.key),
      customerKey: names.key("customer", webhook.customerKey),
    },
  };
}

/** Row keys of one store, and cursors made of them, have no twin to compare with. */
const ownNames = new Set(["cursor", "next", "latest", "key", "customerKey", "webhookKey"]);

/** The first answer as the other store would give it, to compare; learns their names from where they stand. */
export function inNamesOf(first: unknown, other: unknown, names: Names): unknown {
  if (isClaim(first) && isClaim(other)) {
    names.learn("delivery", first.delivery, other.delivery);
    names.learn("webhook", first.webhook.key, other.webhook.key);
    names.learn("customer", first.webhook.customerKey, other.webhook.customerKey);
    return { ...(inFields(first, other, names) as Claim), delivery: other.delivery };
  }
  if (typeof first === "string" && typeof other === "string") return names.text(first, other);
  if (Array.isArray(first)) {
    const others = Array.isArray(other) ? other : [];
    return first.map((item, index) => inNamesOf(item, others[index], names));
  }
  if (first instanceof Uint8Array) return Buffer.from(first); // a Buffer lost its name on its way from the other thread
  if (first !== null && typeof first === "object") return inFields(first, other, names);
  return first;
}

function inFields(first: object, other: unknown, names: Names): object {
  const others = (other ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(first).map(([field, value]) => [
      field,
      ownNames.has(field) && field in others ? others[field] : inNamesOf(value, others[field], names),
    ]),
  );
}

const isClaim = (value: unknown): value is Claim =>
  typeof value === "object" &&
  value !== null &&
  "lease" in value &&
  "delivery" in value &&
  "wasRefused" in value;
