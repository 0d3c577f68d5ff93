import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { savedHeaderBytes } from "../../encoding/header-text";
import { bodyWeight, contentOf, madeHeadersBytes } from "../../rows/attempt";
import type { DeliveryContent } from "../../store";
import type { Database } from "../connection/connection";
import { attempts, customers, deliveries, events, webhooks } from "../schema/tables";
import { daysOf, type OfEvent, payloadBytes, readPayloads } from "./payloads";

type Place = OfEvent & { key: number };

/** Reads what was sent and what came back in the latest attempt of each delivery, by delivery key. */
export async function readContent(db: Database, places: Place[]): Promise<Map<number, DeliveryContent>> {
  if (places.length === 0) return new Map();
  const payloads = await readPayloads(db, places);
  const rows = await db
    .select({
      key: deliveries.key,
      eventKey: deliveries.eventKey,
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
    .leftJoin(attempts, isLatest(places))
    .where(inArray(deliveries.key, keysOf(places)));
  return new Map(
    rows.flatMap(({ key, eventKey, attempt, of }) => {
      const payload = payloads.get(eventKey);
      return payload === undefined ? [] : [[key, contentOf(payload, attempt, of)]];
    }),
  );
}

/** How many bytes of content each delivery brings to a page, in their order: enough to bound the page. */
export async function contentBytes(db: Database, places: Place[]): Promise<{ bytes: number }[]> {
  if (places.length === 0) return [];
  const payloads = await payloadBytes(db, places);
  const rows = await db
    .select({ key: deliveries.key, bytes: attemptBytes })
    .from(deliveries)
    .innerJoin(attempts, isLatest(places))
    .where(inArray(deliveries.key, keysOf(places)));
  const bytes = new Map(rows.map((row) => [row.key, row.bytes]));
  return places.map(({ key, eventKey }) => ({
    bytes: (payloads.get(eventKey) ?? 0) + (bytes.get(key) ?? 0),
  }));
}

const attemptBytes = sql<number>`
  coalesce(octet_length(${attempts.responseBody}), 0) * ${sql.raw(String(bodyWeight))}
    + coalesce(length(${attempts.responseHeaders}) + ${sql.raw(String(savedHeaderBytes))}, 0)
    + coalesce(length(${attempts.requestHeaders}::text), ${sql.raw(String(madeHeadersBytes))})`.mapWith(
  Number,
);

/** The days are given too, or no partition could be left out before any row is read. */
const isLatest = (places: Place[]): SQL | undefined =>
  and(
    sql`${attempts.day} = any(${daysOf(places)})`,
    eq(attempts.day, deliveries.day),
    eq(attempts.deliveryKey, deliveries.key),
    eq(attempts.number, deliveries.attempts),
  );

const keysOf = (places: Place[]) => places.map(({ key }) => key);
