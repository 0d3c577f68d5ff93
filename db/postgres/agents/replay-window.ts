import { and, eq, inArray, sql } from "drizzle-orm";
import { eventLink } from "@/domain/agent/audience";
import { fanOutToAgents } from "@/domain/agent/fan-out";
import type { ReplayOf } from "@/domain/agent/replay";
import { findEventType } from "@/domain/event/catalogue";
import { dataJsonIn } from "@/domain/event/event";
import { thisChange } from "../connection/change";
import type { Database, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { addMatched } from "../queue/counters";
import { lockQueues, refreshQueues } from "../queue/queue-row";
import { readPayloads } from "../read/payloads";
import { deliveries, events, payloads, type webhooks } from "../schema/tables";
import { lockOwner, type Owner } from "./audiences";
import { findLiving } from "./subscription-reader";

/** A customer's event, by its own row. */
export type PastEvent = { key: number; id: string; day: number; type: string; createdAt: number };

type Agent = typeof webhooks.$inferSelect;
/** One that the subscription asks for, with its body for agents. */
type Fitting = { event: PastEvent; payload: string };
/** The audience's row of one, where there is no delivery of it for the subscription. */
type Missed = { key: number; day: number; acceptedAt: number };

/**
 * Sends up to `room` of these events to a subscription, of those that it got none of, and answers how many; `isCut` when
 * more would have fitted. Nothing once it has ended.
 */
export async function replayWindow(
  tx: Transaction,
  { customerId, subscriptionId, cursor }: ReplayOf,
  window: PastEvent[],
  room: number,
): Promise<{ count: number; isCut: boolean }> {
  const owner = await lockOwner(tx.db, customerId);
  const webhook = owner && (await findLiving(tx, owner.agents, subscriptionId))?.webhook;
  if (!webhook) return { count: 0, isCut: false };
  const known = await findKnown(tx, webhook, window);
  const unsent = window.filter(({ id }) => !known.get(id)?.isSent);
  const fitting = await listFitting(tx, owner, webhook, { unsent, cursor });
  const sent = fitting.slice(0, room);
  if (sent.length > 0) await send(tx, webhook, await rowsOf(tx, webhook, sent, known));
  return { count: sent.length, isCut: sent.length < fitting.length };
}

type Known = { key: number; id: string; day: number; isSent: boolean };

/** What the audience has of these events, and whether the subscription got it. */
async function findKnown({ db }: Transaction, { key, customerKey }: Agent, window: PastEvent[]) {
  const ids = window.map(({ id }) => id);
  const isSent = sql<boolean>`${deliveries.key} is not null`;
  const found: Known[] = await db
    .select({ key: events.key, id: events.id, day: events.day, isSent })
    .from(events)
    .leftJoin(deliveries, and(eq(deliveries.eventKey, events.key), eq(deliveries.webhookKey, key)))
    .where(and(eq(events.customerKey, customerKey), inArray(events.id, ids)));
  return new Map(found.map((each) => [each.id, each]));
}

async function listFitting(
  { db }: Transaction,
  { agents }: Owner,
  webhook: Agent,
  { unsent, cursor }: { unsent: PastEvent[]; cursor: string },
): Promise<Fitting[]> {
  const { subscription } = webhook;
  if (!agents || !subscription) throw new Error("The webhook is no agent's.");
  const bodies = await readPayloads(
    db,
    unsent.map(({ key, day }) => ({ eventKey: key, day })),
  );
  return unsent.flatMap((event) => {
    const entry = findEventType(event.type);
    const body = bodies.get(event.key);
    if (!entry || body === undefined) return []; // retention took it meanwhile
    const dataJson = dataJsonIn(body, event);
    const accepted = { ...event, dataJson, link: eventLink(agents, event.id), cursor };
    const fanned = fanOutToAgents(entry, accepted, subscription.detail, [webhook]);
    return fanned && fanned.targets.length > 0 ? [{ event, payload: fanned.payload }] : [];
  });
}

/** Their rows for the audience, made where nobody of it had asked for the type when the event came. */
async function rowsOf(
  { db }: Transaction,
  { key, customerKey }: Agent,
  fitting: Fitting[],
  known: Map<string, Known>,
): Promise<Missed[]> {
  const rows: Missed[] = [];
  for (const { event, payload } of fitting) {
    const row = known.get(event.id);
    const { id, type, createdAt } = event;
    if (row) await widen(db, row.key, key);
    const made = row ?? (await make(db, { id, customerKey, type, createdAt }, payload));
    rows.push({ key: made.key, day: made.day, acceptedAt: createdAt });
  }
  return rows;
}

async function widen(db: Database, eventKey: number, webhookKey: number): Promise<void> {
  const [row] = await db
    .select({ skipped: events.skipped })
    .from(events)
    .where(eq(events.key, eventKey))
    .for("update");
  const skipped = (row?.skipped ?? []).filter(([each]) => each !== webhookKey);
  await db
    .update(events)
    .set({ deliveries: sql`${events.deliveries} + 1`, skipped })
    .where(eq(events.key, eventKey));
}

/** As old as the event is: what is kept of it goes with that. */
async function make(
  db: Database,
  event: Pick<typeof events.$inferInsert, "id" | "customerKey" | "type" | "createdAt">,
  payload: string,
): Promise<{ key: number; day: number }> {
  const row = onlyOne(
    await db
      .insert(events)
      .values({ ...event, contentHash: "", isTest: false, deliveries: 1, skipped: [] })
      .returning({ key: events.key, day: events.day }),
  );
  await db.insert(payloads).values({ day: row.day, eventKey: row.key, payload });
  return row;
}

/** As if they had been made when the events came: they wait since then, and the cursor is no later. */
async function send({ db }: Transaction, webhook: Agent, missed: Missed[]): Promise<void> {
  const { key: webhookKey, customerKey, subscription } = webhook;
  const all = { webhookKey, customerKey, eventType: subscription?.name ?? "", change: thisChange };
  await db.insert(deliveries).values(
    missed.map(({ key: eventKey, day, acceptedAt }) => ({
      ...{ ...all, eventKey, day, status: "pending" as const, nextReason: "scheduled" as const },
      ...{ dueAt: acceptedAt, createdAt: acceptedAt, pendingSince: acceptedAt },
    })),
  );
  await lockQueues(db, [webhookKey]);
  await addMatched(db, webhookKey, { matched: missed.length, missed: 0 });
  await refreshQueues(db, [{ webhookKey, moves: { pending: missed.length } }]);
}
