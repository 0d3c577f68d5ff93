import type { DeliveryStatus } from "@/domain/delivery/decide";
import {
  type RecoveryRange as Covered,
  hangsOnContent,
  type RecoveryKind,
  type RecoveryTarget,
  recoveryKind,
  recoveryKinds,
} from "@/domain/delivery/recovery";
import type { Skipped } from "@/domain/event/fan-out";

/** What a recovery covers, and how far it has come: every event up to `after…` is done. */
export type RecoveryRange = Covered & {
  customerKey: number;
  until: number;
  targets: RecoveryTarget[];
  afterEventAt: number;
  afterEvent: number;
};
/** A webhook that it is for, as its row says. */
export type Recovering = { key: number; customerKey: number; afterEvent: number };

/** A delivery that had ended, and the status of its last answer. */
export type EndedDelivery = {
  key: number;
  webhookKey: number;
  status: DeliveryStatus;
  eventId: string;
  statusCode: number | null;
};
/** An event that some of the webhooks missed. */
export type MissedEvent = {
  key: number;
  type: string;
  skipped: Skipped[];
  webhookKeys: number[];
};
export type KindCounts = Record<RecoveryKind, number>;

/** The targets among a part of the events, and where the next part begins; null after the last one. */
export type RecoveryWindow = {
  ended: EndedDelivery[];
  missed: MissedEvent[];
  /** What fits of each webhook, also what is no target. */
  counts: Map<number, KindCounts>;
  /** How many rows were looked at: those events, or their deliveries where these are more. */
  looked: number;
  after: Pick<RecoveryRange, "afterEventAt" | "afterEvent"> | null;
};

/**
 * Events that one look covers, whether they are targets or not, for one webhook: others wait for it. Fewer for several,
 * each of which may have a delivery of every event, but some. Fewer where their bodies may have to be read.
 */
const windowRows = 200;
const fewestEvents = 20;
const mostRead = 50;
export const windowEvents = (webhooks: unknown[], { targets }: Pick<RecoveryRange, "targets">) => {
  const rows = targets.some(({ conditions }) => conditions) ? mostRead : windowRows;
  return Math.max(fewestEvents, Math.floor(rows / Math.max(1, webhooks.length)));
};

type EventRow = Omit<MissedEvent, "webhookKeys"> & { id: string; isTest: boolean; createdAt: number };
type DeliveryRow = {
  key: number;
  eventKey: number;
  webhookKey: number;
  status: DeliveryStatus;
  statusCode: number | null;
  attempts: number;
  hasChangedSince: boolean;
};

/** What a recovery re-sends among these events, which are in the order of their time and key. */
export function windowOf(
  events: EventRow[],
  deliveries: DeliveryRow[],
  webhooks: Recovering[],
  range: RecoveryRange,
  bodies: ReadonlyMap<number, string>,
): RecoveryWindow {
  const byPlace = placesOf(deliveries);
  const counts = new Map(webhooks.map(({ key }) => [key, noCounts()]));
  const ended: EndedDelivery[] = [];
  const missed: MissedEvent[] = [];
  const isIncluded = (kind: RecoveryKind) => range.include.some((each) => each === kind);
  const filtered = filteredBy(webhooks, range);
  for (const event of events) {
    const missedBy: number[] = [];
    const body = bodies.get(event.key);
    const data = body === undefined ? undefined : (JSON.parse(body) as { data: unknown }).data;
    for (const webhook of filtered) {
      const delivery = byPlace.get(placeOf(event, webhook)) ?? null;
      const kind = recoveryKind({ ...event, data }, delivery, webhook, range);
      const count = counts.get(webhook.key);
      if (kind === null || !count) continue;
      count[kind] += 1;
      if (!isIncluded(kind)) continue;
      if (delivery) ended.push({ ...delivery, eventId: event.id });
      else missedBy.push(webhook.key);
    }
    if (missedBy.length > 0) missed.push({ ...event, webhookKeys: missedBy });
  }
  const last = events.at(-1);
  return {
    ended,
    missed,
    counts,
    looked: Math.max(events.length, deliveries.length),
    after: last ? { afterEventAt: last.createdAt, afterEvent: last.key } : null,
  };
}

/** The events whose bodies `windowOf` wants, because these tell whether a webhook missed them. */
export function readFor(
  events: EventRow[],
  deliveries: DeliveryRow[],
  webhooks: Recovering[],
  range: RecoveryRange,
): number[] {
  const byPlace = placesOf(deliveries);
  const filtered = filteredBy(webhooks, range);
  return events
    .filter((event) =>
      filtered.some((webhook) => !byPlace.has(placeOf(event, webhook)) && hangsOnContent(event, webhook)),
    )
    .map(({ key }) => key);
}

/** The webhooks with their filters of when it was asked for. */
function filteredBy(webhooks: Recovering[], range: RecoveryRange) {
  const targets = new Map(range.targets.map((target) => [target.key, target]));
  return webhooks.map((webhook) => {
    const { events = [], conditions = null } = targets.get(webhook.key) ?? {};
    return { ...webhook, events, conditions };
  });
}

const placesOf = (deliveries: DeliveryRow[]) =>
  new Map(deliveries.map((each) => [placeOf({ key: each.eventKey }, { key: each.webhookKey }), each]));
const placeOf = (event: { key: number }, webhook: { key: number }) => `${event.key} ${webhook.key}`;

export const noCounts = () => Object.fromEntries(recoveryKinds.map((kind) => [kind, 0])) as KindCounts;

/** These, apart for each webhook. */
export function byWebhook<Of extends { webhookKey: number }>(of: Of[]): Map<number, Of[]> {
  const groups = new Map<number, Of[]>();
  for (const each of of) groups.set(each.webhookKey, [...(groups.get(each.webhookKey) ?? []), each]);
  return groups;
}

/** Whether it was counted as missed when it came: what is older than the webhook matches only now. */
export const wasCounted = ({ skipped }: Pick<MissedEvent, "skipped">, webhookKey: number) =>
  skipped.some(([each]) => each === webhookKey);

/** What is said of why an event was skipped once these webhooks get it: it is missed no longer, also when it is pruned. */
export const markedRecovered = ({ skipped, webhookKeys }: MissedEvent): MissedEvent["skipped"] => [
  ...skipped.filter(([each]) => !webhookKeys.includes(each)),
  ...webhookKeys.map((key): [number, "recovered"] => [key, "recovered"]),
];
