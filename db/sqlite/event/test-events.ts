import { and, count, sql } from "drizzle-orm";
import { webhookAudited } from "@/domain/audit/webhook";
import { eventBody } from "@/domain/event/event";
import { customerLimits } from "@/domain/limits";
import type { DeliveryStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { deliveries } from "../schema/tables";
import { webhookFinder } from "../webhook/webhook-finder";
import { testWriter } from "./test-writer";

export function testVerbs(connection: Connection): Pick<DeliveryStore, "createTest"> {
  const { db, write, clock } = connection;
  const audit = auditWriter(connection);
  const writeTest = testWriter(connection);
  const findWebhook = webhookFinder(connection);

  return {
    createTest: ({ customerId, webhookId, eventId, type, dataJson, url }, by) =>
      write(() => {
        const webhook = findWebhook(customerId, webhookId);
        if (!webhook) return "not_found";
        if (underWay(webhook.customerKey) >= customerLimits.tests) return "too_many";
        const payload = eventBody({ id: eventId, type, createdAt: clock(), dataJson });
        writeTest(webhook, { eventId, type, payload, url });
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
