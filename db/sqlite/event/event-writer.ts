import { eq, sql } from "drizzle-orm";
import { hotStatement } from "../connection/hot-statement";
import { shared } from "../connection/shared";
import { deliveries, events, webhookQueue } from "../schema/tables";

/** A delivery that an event brings. */
export type Matched = { eventKey: number; eventType: string; customerKey: number; webhookKey: number };

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
