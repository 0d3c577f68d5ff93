import { and, count, sql } from "drizzle-orm";
import { webhookAudited } from "@/domain/audit/webhook";
import { eventBody } from "@/domain/event/event";
import { customerLimits } from "@/domain/limits";
import type { DeliveryStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { sequencesOf } from "../connection/sequences";
import { deliveries } from "../schema/tables";
import { webhookFinder } from "../webhook/webhook-finder";
import { eventWriter } from "./publish";

export function testVerbs(connection: Connection): Pick<DeliveryStore, "createTest"> {
  const { db, write, clock } = connection;
  const sequences = sequencesOf(connection);
  const audit = auditWriter(connection);
  const insert = eventWriter(connection);
  const findWebhook = webhookFinder(connection);

  return {
    createTest: ({ customerId, webhookId, eventId, type, dataJson, url }, by) =>
      write(() => {
        const webhook = findWebhook(customerId, webhookId);
        if (!webhook) return "not_found";
        if (underWay(webhook.customerKey) >= customerLimits.tests) return "too_many";
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
            triedUrl: url ?? null,
            createdAt: now,
            pendingSince: now,
            change: sequences.take("change", 1),
          })
          .run();
        const facts = { event_id: eventId, event_type: type, tried_url: url };
        audit(webhook.customerKey, webhookAudited("webhook.tested", webhook, facts), by);
        return "created";
      }),
  };

  function underWay(customerKey: number): number {
    const row = db
      .select({ count: count() })
      .from(deliveries)
      .where(
        and(
          // The plus keeps SQLite from an index that would look at the customer's whole history.
          sql`+${deliveries.customerKey} = ${customerKey}`,
          sql`${deliveries.status} = 'pending' and ${deliveries.isTest} = 1`,
        ),
      )
      .get();
    return row?.count ?? 0;
  }
}
