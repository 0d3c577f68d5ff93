import { and, eq, isNull, sql } from "drizzle-orm";
import { whyNotSent } from "../../rows/agent-trace";
import type { AgentTrace, Subscription, SubscriptionStore } from "../../store";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { deliveryReader, deliveryRows } from "../read/delivery-rows";
import { customers, deliveries, events, webhooks } from "../schema/tables";
import { subscriptionReader } from "./subscription-reader";

export function traceVerbs(connection: Connection): Pick<SubscriptionStore, "traceForAgents"> {
  const { db } = connection;
  const read = subscriptionReader(connection);
  const readDeliveries = deliveryReader(connection);
  const { key, type, isTest, skipped } = events;
  const selectEvent = hotSelect(
    connection,
    db
      .select({ key, type, isTest, skipped })
      .from(events)
      .innerJoin(customers, eq(customers.key, events.customerKey))
      .where(
        and(
          eq(customers.id, sql.placeholder("customerId")),
          isNull(customers.deletedAt),
          eq(events.id, sql.placeholder("eventId")),
        ),
      ),
  );
  const selectAfterEvent = db
    .select({ key: webhooks.key, afterEvent: webhooks.afterEvent })
    .from(webhooks)
    .where(eq(webhooks.id, sql.placeholder("webhookId")))
    .prepare();
  const selectDelivery = hotSelect(
    connection,
    deliveryRows(connection).where(
      and(
        eq(deliveries.eventKey, sql.placeholder("event")),
        eq(deliveries.webhookKey, sql.placeholder("webhook")),
      ),
    ),
  );

  return {
    traceForAgents: async (customerId, eventId) => {
      const event = selectEvent.get({ customerId, eventId });
      if (!event || event.isTest) return [];
      return read
        .all(customerId)
        .filter(({ name }) => name === event.type)
        .flatMap((subscription) => traceOf(subscription, event.key, eventId));
    },
  };

  function traceOf(subscription: Subscription, eventKey: number, eventId: string): AgentTrace[] {
    const { id: webhookId, customerId } = subscription.webhook;
    const webhook = selectAfterEvent.get({ webhookId });
    if (!webhook) return [];
    const ofAudience = selectEvent.get({ customerId, eventId });
    const row = ofAudience && selectDelivery.get({ event: ofAudience.key, webhook: webhook.key });
    const [found] = readDeliveries(row ? [row] : []);
    if (found) return [{ subscription, delivery: found.delivery, why: null }];
    const why = whyNotSent({ key: eventKey, skipped: ofAudience?.skipped ?? [] }, webhook);
    return [{ subscription, delivery: null, why }];
  }
}
