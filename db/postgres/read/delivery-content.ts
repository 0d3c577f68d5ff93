import { and, eq, inArray, sql } from "drizzle-orm";
import { savedHeaderBytes } from "../../encoding/header-text";
import { bodyWeight, contentOf, madeHeadersBytes } from "../../rows/attempt";
import type { DeliveryContent } from "../../store";
import type { Database } from "../connection/connection";
import { attempts, customers, deliveries, events, webhooks } from "../schema/tables";

/** Reads what was sent and what came back in the latest attempt of each delivery, by delivery key. */
export async function readContent(db: Database, keys: number[]): Promise<Map<number, DeliveryContent>> {
  const isLatest = and(eq(attempts.deliveryKey, deliveries.key), eq(attempts.number, deliveries.attempts));
  const rows = await db
    .select({
      key: deliveries.key,
      payload: events.payload,
      attempt: attempts,
      of: {
        webhookId: webhooks.id,
        customerId: customers.id,
        eventId: events.id,
        eventType: deliveries.eventType,
      },
    })
    .from(deliveries)
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .innerJoin(webhooks, eq(webhooks.key, deliveries.webhookKey))
    .innerJoin(customers, eq(customers.key, deliveries.customerKey))
    .leftJoin(attempts, isLatest)
    .where(inArray(deliveries.key, keys));
  return new Map(rows.map(({ key, payload, attempt, of }) => [key, contentOf(payload, attempt, of)]));
}

/** How many bytes of content a delivery brings to a page: enough to bound the page. */
export const contentBytes = sql<number>`
  octet_length(${events.payload}) + coalesce((
    select coalesce(octet_length(a.response_body), 0) * ${sql.raw(String(bodyWeight))}
      + coalesce(length(a.response_headers) + ${sql.raw(String(savedHeaderBytes))}, 0)
      + coalesce(length(a.request_headers::text), ${sql.raw(String(madeHeadersBytes))})
    from ${attempts} a where a.delivery_key = ${deliveries.key} and a.number = ${deliveries.attempts}), 0)`.mapWith(
  Number,
);
