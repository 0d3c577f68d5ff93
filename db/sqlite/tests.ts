import { and, count, eq, isNull } from "drizzle-orm";
import { eventBody } from "@/server/domain/event";
import type { DeliveryStore } from "../store";
import type { Connection } from "./connection";
import { countersOf } from "./counters";
import { eventWriter } from "./publish";
import { customers, deliveries, webhooks } from "./schema";

/** Contract: a customer has at most this many tests under way. */
const maxTests = 5;

export function testVerbs(connection: Connection): Pick<DeliveryStore, "createTest"> {
  const { db, write, clock } = connection;
  const counters = countersOf(connection);
  const insert = eventWriter(connection);

  return {
    createTest: ({ customerId, webhookId, eventId, type, dataJson }) =>
      write(() => {
        const webhook = db
          .select({ key: webhooks.key, customerKey: webhooks.customerKey })
          .from(webhooks)
          .innerJoin(customers, eq(customers.key, webhooks.customerKey))
          .where(
            and(
              eq(customers.id, customerId),
              eq(webhooks.id, webhookId),
              isNull(customers.deletedAt),
              isNull(webhooks.deletedAt),
            ),
          )
          .get();
        if (!webhook) return "not_found";
        if (underWay(webhook.customerKey) >= maxTests) return "too_many";
        const now = clock();
        const eventKey = insert.event({
          id: eventId,
          customerKey: webhook.customerKey,
          type,
          payload: eventBody({ id: eventId, type, createdAt: now, dataJson }),
          contentHash: "",
          isTest: true,
          deliveries: 1,
          skipped: [],
          createdAt: now,
        });
        db.insert(deliveries)
          .values({
            eventKey,
            webhookKey: webhook.key,
            customerKey: webhook.customerKey,
            eventType: type,
            isTest: true,
            status: "pending",
            dueAt: now,
            nextReason: "test",
            createdAt: now,
            pendingSince: now,
            change: counters.take("change", 1),
          })
          .run();
        return "created";
      }),
  };

  function underWay(customerKey: number): number {
    const row = db
      .select({ count: count() })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.customerKey, customerKey),
          eq(deliveries.status, "pending"),
          eq(deliveries.isTest, true),
        ),
      )
      .get();
    return row?.count ?? 0;
  }
}
