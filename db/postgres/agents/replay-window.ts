import { and, eq, inArray } from "drizzle-orm";
import { eventLink } from "@/domain/agent/audience";
import { type AgentFanOut, fanOutToAgents } from "@/domain/agent/fan-out";
import { findEventType } from "@/domain/event/catalogue";
import { dataJsonIn } from "@/domain/event/event";
import type { Skipped } from "@/domain/event/fan-out";
import { markedRecovered } from "../../rows/recovery-window";
import { thisChange } from "../connection/change";
import type { Transaction } from "../connection/connection";
import { writeNew, writeRest } from "../event/write-events";
import { addMatched } from "../queue/counters";
import { lockQueues, refreshQueues } from "../queue/queue-row";
import { readPayloads } from "../read/payloads";
import { dayOf } from "../schema/day";
import { deliveries, events, type webhooks } from "../schema/tables";
import { lockOwner, type Owner } from "./audiences";
import { findLiving } from "./subscription-reader";

/** A customer's event, by its own row. */
export type PastEvent = { key: number; id: string; day: number; type: string; createdAt: number };

type Agent = typeof webhooks.$inferSelect;
/** A row of the audience, whose event the subscription asks for and has no delivery of. */
type Missed = { key: number; day: number; skipped: Skipped[]; acceptedAt: number };

/** Sends some events to a subscription that got none of them, and answers how many; null when it has ended. */
export async function replayWindow(
  tx: Transaction,
  { customerId, subscriptionId }: { customerId: string; subscriptionId: string },
  window: PastEvent[],
): Promise<number | null> {
  const owner = await lockOwner(tx.db, customerId);
  const webhook = owner && (await findLiving(tx, owner.agents, subscriptionId))?.webhook;
  if (!webhook) return null;
  const fitting = await listFitting(tx, owner, webhook, window);
  const missed = fitting.length > 0 ? await rowsOf(tx, webhook, fitting) : [];
  if (missed.length > 0) await send(tx, webhook, missed);
  return missed.length;
}

type Fitting = { event: PastEvent; fanned: AgentFanOut };

/** Those that the subscription asks for, with their bodies for its audience. */
async function listFitting(
  { db }: Transaction,
  { agents }: Owner,
  webhook: Agent,
  window: PastEvent[],
): Promise<Fitting[]> {
  const { subscription } = webhook;
  if (!agents || !subscription) throw new Error("The webhook is no agent's.");
  const payloads = await readPayloads(
    db,
    window.map(({ key, day }) => ({ eventKey: key, day })),
  );
  return window.flatMap((event) => {
    const entry = findEventType(event.type);
    const body = payloads.get(event.key);
    if (!entry || body === undefined) return []; // retention took it meanwhile
    const accepted = { ...event, dataJson: dataJsonIn(body, event), link: eventLink(agents, event.id) };
    const fanned = fanOutToAgents(entry, accepted, subscription.detail, [webhook]);
    return fanned && fanned.targets.length > 0 ? [{ event, fanned }] : [];
  });
}

/** Their rows for the audience, made where nobody of it got them before; without those that the subscription was sent. */
async function rowsOf(tx: Transaction, { key, customerKey }: Agent, fitting: Fitting[]): Promise<Missed[]> {
  const acceptedAt = new Map(fitting.map(({ event }) => [event.id, event.createdAt]));
  const ids = [...acceptedAt.keys()];
  const known = await tx.db
    .select({
      key: events.key,
      id: events.id,
      day: events.day,
      skipped: events.skipped,
      sent: deliveries.key,
    })
    .from(events)
    .leftJoin(deliveries, and(eq(deliveries.eventKey, events.key), eq(deliveries.webhookKey, key)))
    .where(and(eq(events.customerKey, customerKey), inArray(events.id, ids)));
  const isKnown = new Set(known.map(({ id }) => id));
  const made = await writeNew(
    tx,
    fitting
      .filter(({ event }) => !isKnown.has(event.id))
      .map(({ event: { id, type }, fanned: { payload } }) => ({
        ...{ id, customerKey, type, payload },
        ...{ contentHash: "", isTest: false, targets: [], skipped: [] },
      })),
  );
  await writeRest(tx, made);
  const day = dayOf(tx.now);
  const fresh = made.map(({ key, event: { id } }) => ({ key, id, day, skipped: [], sent: null }));
  return [...known.filter(({ sent }) => sent === null), ...fresh].map(({ id, ...row }) => ({
    ...row,
    acceptedAt: acceptedAt.get(id) ?? tx.now,
  }));
}

/** As what somebody asked for, and as old as the event: until it is delivered, no cursor passes that. */
async function send(tx: Transaction, webhook: Agent, missed: Missed[]): Promise<void> {
  const { db, now } = tx;
  const { key: webhookKey, customerKey, subscription } = webhook;
  await db.insert(deliveries).values(
    missed.map(({ key: eventKey, day, acceptedAt }) => ({
      ...{ eventKey, day, webhookKey, customerKey, eventType: subscription?.name ?? "" },
      ...{ status: "pending" as const, dueAt: now, nextReason: "scheduled" as const, createdAt: now },
      ...{ pendingSince: acceptedAt, isAskedAgain: true, change: thisChange },
    })),
  );
  const wasMissed = missed.filter(({ skipped }) => skipped.some(([key]) => key === webhookKey));
  await markRecovered(tx, wasMissed, webhookKey);
  await lockQueues(db, [webhookKey]);
  const matched = missed.length - wasMissed.length;
  await addMatched(db, webhookKey, { matched, missed: -wasMissed.length });
  await refreshQueues(db, [{ webhookKey, moves: { pending: missed.length } }]);
}

/** What came while the subscription was off is missed no longer. */
async function markRecovered({ db }: Transaction, missed: Missed[], webhookKey: number): Promise<void> {
  for (const { key, skipped } of missed) {
    const marked = markedRecovered({ key, type: "", skipped, webhookKeys: [webhookKey] });
    await db.update(events).set({ skipped: marked }).where(eq(events.key, key));
  }
}
