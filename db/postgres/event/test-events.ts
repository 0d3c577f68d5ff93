import { and, count, eq, sql } from "drizzle-orm";
import { webhookAudited } from "@/domain/audit/webhook";
import { eventBody } from "@/domain/event/event";
import { customerLimits } from "@/domain/limits";
import type { DeliveryStore } from "../../store";
import { audit } from "../access/audit-log";
import type { Connection, Database } from "../connection/connection";
import { deliveries } from "../schema/tables";
import { lockCustomerOf } from "../webhook/lock-webhook";
import { findWebhook } from "../webhook/webhook-finder";
import { writeEvents } from "./write-events";

export function testVerbs({ write }: Connection): Pick<DeliveryStore, "createTest"> {
  return {
    createTest: ({ customerId, webhookId, eventId: id, type, dataJson, url }, by) =>
      write(async (tx) => {
        await lockCustomerOf(tx.db, customerId); // two at once would not count one another
        const webhook = await findWebhook(tx.db, customerId, webhookId);
        if (!webhook) return "not_found";
        const { key, customerKey } = webhook;
        if ((await countUnderWay(tx.db, customerKey)) >= customerLimits.tests) return "too_many";
        const payload = eventBody({ id, type, createdAt: tx.now, dataJson });
        const test = { id, customerKey, type, payload, contentHash: "", isTest: true, triedUrl: url };
        await writeEvents(tx, [{ ...test, targets: [key], skipped: [] }]);
        const facts = { event_id: id, event_type: type, tried_url: url };
        await audit(tx, customerKey, webhookAudited("webhook.tested", webhook, facts), by);
        return "created";
      }),
  };
}

/** In the index of the tests of all customers, which are few at a time. */
async function countUnderWay(db: Database, customerKey: number): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(deliveries)
    .where(
      and(
        sql`${deliveries.status} = 'pending' and ${deliveries.isTest}`,
        eq(deliveries.customerKey, customerKey),
      ),
    );
  return row?.n ?? 0;
}
