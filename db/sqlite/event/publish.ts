import { and, eq, isNull, or, sql } from "drizzle-orm";
import { eventBody } from "@/domain/event/event";
import { fanOut, type Subscription } from "@/domain/event/fan-out";
import type { EventStore, NewEvent, PublishResult } from "../../store";
import type { Connection } from "../connection/connection";
import { hotSelect, hotStatement } from "../connection/hot-statement";
import { sequencesOf } from "../connection/sequences";
import { shared } from "../connection/shared";
import { counters } from "../queue/counters";
import { customers, deliveries, events, webhookQueue, webhooks } from "../schema/tables";

type Target = Subscription & { key: number; isActive: boolean };
type Recipient = { key: number; webhooks: Target[] };
type Matched = { eventKey: number; eventType: string; customerKey: number; webhookKey: number };

/** Undoes everything that the call has written so far. */
class Refused extends Error {
  constructor(readonly result: PublishResult) {
    super(result.kind);
  }
}

export function publishVerbs(connection: Connection): Pick<EventStore, "publishEvents"> {
  const { db, write, clock } = connection;
  const sequences = sequencesOf(connection);
  const named = sql.placeholder("customer");
  const selectCustomer = hotSelect(
    connection,
    db
      .select({ key: customers.key })
      .from(customers)
      .where(
        and(
          or(eq(customers.id, named), eq(customers.externalId, named)),
          isNull(customers.deletedAt),
          eq(customers.isSystem, false),
        ),
      ),
  );
  const selectWebhooks = hotSelect(
    connection,
    db
      .select({
        key: webhooks.key,
        isActive: webhooks.isActive,
        events: webhooks.events,
        conditions: webhooks.conditions,
      })
      .from(webhooks)
      .where(and(eq(webhooks.customerKey, sql.placeholder("customerKey")), isNull(webhooks.deletedAt))),
  );
  const selectEvent = hotSelect(
    connection,
    db
      .select({ contentHash: events.contentHash, deliveries: events.deliveries, isTest: events.isTest })
      .from(events)
      .where(
        and(eq(events.customerKey, sql.placeholder("customerKey")), eq(events.id, sql.placeholder("id"))),
      ),
  );
  const insert = eventWriter(connection);
  const { miss } = counters(connection);

  return {
    async publishEvents(batch) {
      try {
        return await write(() => publish(batch));
      } catch (error) {
        if (error instanceof Refused) return error.result;
        throw error;
      }
    },
  };

  function publish(batch: NewEvent[]): PublishResult {
    const recipients = new Map<string, Recipient | null>();
    const matches: Matched[] = [];
    const missed = new Map<number, number>();
    const now = clock();
    const accepted = batch.map((event, index) => {
      const recipient = recipientOf(event.customer, recipients);
      if (!recipient) throw new Refused({ kind: "unknown_customer", index });
      const known = selectEvent.get({ customerKey: recipient.key, id: event.id });
      if (known) {
        if (known.isTest || known.contentHash !== event.contentHash) {
          throw new Refused({ kind: "conflict", index });
        }
        return { id: event.id, deliveries: known.deliveries, duplicate: true };
      }
      const { targets, skipped } = fanOut(event, recipient.webhooks);
      const eventKey = insert.event({
        id: event.id,
        customerKey: recipient.key,
        type: event.type,
        payload: eventBody({ ...event, createdAt: now }),
        contentHash: event.contentHash,
        isTest: false,
        deliveries: targets.length,
        skipped,
        createdAt: now,
      });
      for (const webhookKey of targets) {
        matches.push({ eventKey, eventType: event.type, customerKey: recipient.key, webhookKey });
      }
      for (const [webhookKey, reason] of skipped) {
        if (reason === "inactive") missed.set(webhookKey, (missed.get(webhookKey) ?? 0) + 1);
      }
      return { id: event.id, deliveries: targets.length, duplicate: false };
    });
    insert.deliveries(matches, now, sequences.take("change", matches.length));
    for (const [webhookKey, count] of missed) miss(webhookKey, count);
    return { kind: "accepted", events: accepted };
  }

  function recipientOf(customer: string, known: Map<string, Recipient | null>): Recipient | null {
    const before = known.get(customer);
    if (before !== undefined) return before;
    const row = selectCustomer.get({ customer });
    const recipient = row ? { key: row.key, webhooks: selectWebhooks.all({ customerKey: row.key }) } : null;
    known.set(customer, recipient);
    return recipient;
  }
}

/** Writes events and the deliveries that they bring; used by whatever makes events. Only inside `write`. */
export const eventWriter = shared((connection) => {
  const { db } = connection;
  const at = sql.placeholder("now");
  const insertEvent = hotStatement(
    connection,
    db.insert(events).values({
      id: sql.placeholder("id"),
      customerKey: sql.placeholder("customerKey"),
      type: sql.placeholder("type"),
      payload: sql.placeholder("payload"),
      contentHash: sql.placeholder("contentHash"),
      isTest: sql.placeholder("isTest"),
      deliveries: sql.placeholder("deliveries"),
      skipped: sql.placeholder("skipped"),
      createdAt: sql.placeholder("createdAt"),
    }),
  );
  const insertDelivery = hotStatement(
    connection,
    db.insert(deliveries).values({
      eventKey: sql.placeholder("eventKey"),
      webhookKey: sql.placeholder("webhookKey"),
      customerKey: sql.placeholder("customerKey"),
      eventType: sql.placeholder("eventType"),
      status: "pending",
      dueAt: at,
      nextReason: "scheduled",
      createdAt: at,
      pendingSince: at,
      change: sql.placeholder("change"),
    }),
  );
  const arrive = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({
        pending: sql`${webhookQueue.pending} + ${sql.placeholder("count")}`,
        matched: sql`${webhookQueue.matched} + ${sql.placeholder("count")}`,
        readyAt: sql`min(
        coalesce(${webhookQueue.readyAt}, 9e15),
        max(${at}, iif(${webhookQueue.openedAt} is null, ceil(${webhookQueue.rateNextAt}), ${webhookQueue.probeAt})))`,
      })
      .where(eq(webhookQueue.webhookKey, sql.placeholder("webhookKey"))),
  );

  return {
    event(event: Omit<typeof events.$inferSelect, "key">): number {
      return Number(insertEvent.run(event).lastInsertRowid);
    },
    /** `firstChange` numbers the first delivery's change; the others follow. */
    deliveries(matches: Matched[], now: number, firstChange: number): void {
      const perWebhook = new Map<number, number>();
      matches.forEach((match, index) => {
        insertDelivery.run({ ...match, now, change: firstChange + index });
        perWebhook.set(match.webhookKey, (perWebhook.get(match.webhookKey) ?? 0) + 1);
      });
      for (const [webhookKey, count] of perWebhook) arrive.run({ webhookKey, count, now });
    },
  };
});
