import { and, eq, sql } from "drizzle-orm";
import { eventLink } from "@/domain/agent/audience";
import { fanOutToAgents } from "@/domain/agent/fan-out";
import type { ReplayOf } from "@/domain/agent/replay";
import { findEventType } from "@/domain/event/catalogue";
import { dataJsonIn } from "@/domain/event/event";
import { customerFinder } from "../access/customers";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { sequencesOf } from "../connection/sequences";
import { eventWriter } from "../event/event-writer";
import { deliveries, events } from "../schema/tables";
import { subscriptionReader } from "./subscription-reader";

/** Makes deliveries of events that a subscription has none of. */
export function replayWriter(connection: Connection) {
  const { db } = connection;
  const findCustomer = customerFinder(connection);
  const read = subscriptionReader(connection);
  const insert = eventWriter(connection);
  const sequences = sequencesOf(connection);
  const { key, id, type, payload, createdAt, skipped } = events;
  const selectEvent = hotSelect(
    connection,
    db
      .select({ id, type, payload, createdAt })
      .from(events)
      .where(eq(key, sql.placeholder("key"))),
  );
  const selectOfAudience = hotSelect(
    connection,
    db
      .select({ key, skipped })
      .from(events)
      .where(and(eq(events.customerKey, sql.placeholder("audience")), eq(id, sql.placeholder("id")))),
  );
  const selectDelivery = hotSelect(
    connection,
    db
      .select({ key: deliveries.key })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.eventKey, sql.placeholder("event")),
          eq(deliveries.webhookKey, sql.placeholder("webhook")),
        ),
      ),
  );
  type Event = NonNullable<ReturnType<typeof selectEvent.get>>;
  type Target = { customerKey: number; key: number };

  /**
   * Up to `room` of these events, which are of the subscription's type; `isCut` when more would have fitted. Nothing once
   * it has ended. Only inside `write`.
   */
  return (
    { customerId, subscriptionId, cursor }: ReplayOf,
    among: { key: number }[],
    room: number,
  ): { count: number; isCut: boolean } => {
    const agents = findCustomer(customerId)?.agents;
    const subscription = read.findRow(customerId, subscriptionId)?.webhook;
    const entry = findEventType(subscription?.subscription?.name ?? "");
    if (!agents || !subscription?.subscription || !entry) return { count: 0, isCut: false };
    const { detail } = subscription.subscription;
    let count = 0;
    for (const { key } of among) {
      const event = selectEvent.get({ key });
      const known = event && selectOfAudience.get({ audience: subscription.customerKey, id: event.id });
      if (!event || (known && isDelivered(known, subscription))) continue;
      const dataJson = dataJsonIn(event.payload, event);
      const accepted = { ...event, dataJson, link: eventLink(agents, event.id), cursor };
      const fannedOut = fanOutToAgents(entry, accepted, detail, [subscription]);
      if (!fannedOut || fannedOut.targets.length === 0) continue;
      if (count === room) return { count, isCut: true };
      deliver(
        event,
        known ? widen(known, subscription) : make(event, fannedOut.payload, subscription),
        subscription,
      );
      count += 1;
    }
    return { count, isCut: false };
  };

  function isDelivered(event: { key: number }, webhook: Target): boolean {
    return selectDelivery.get({ event: event.key, webhook: webhook.key }) !== undefined;
  }

  /** The row of an event that was written for others of the audience. */
  function widen(known: NonNullable<ReturnType<typeof selectOfAudience.get>>, webhook: Target): number {
    db.update(events)
      .set({
        deliveries: sql`${events.deliveries} + 1`,
        skipped: known.skipped.filter(([each]) => each !== webhook.key),
      })
      .where(eq(key, known.key))
      .run();
    return known.key;
  }

  /** A row for the audience, of which nobody had asked for the type when the event came. */
  function make({ id, type, createdAt }: Event, payload: string, { customerKey }: Target): number {
    return insert.event({
      id,
      customerKey,
      type,
      payload,
      contentHash: "",
      isTest: false,
      deliveries: 1,
      skipped: [],
      createdAt,
    });
  }

  /** As if it had been made when the event came: it waits since then, and the cursor is no later. */
  function deliver(
    { type, createdAt }: Event,
    eventKey: number,
    { customerKey, key: webhookKey }: Target,
  ): void {
    const matched = { eventKey, eventType: type, customerKey, webhookKey };
    insert.deliveries([matched], createdAt, sequences.take("change", 1));
  }
}
