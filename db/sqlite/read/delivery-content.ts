import { and, eq, sql } from "drizzle-orm";
import { type AttemptHeading, sentHeaders } from "@/domain/delivery/sent-headers";
import { savedHeaderBytes } from "../../encoding/header-text";
import type { Attempt, DeliveryContent, SentRequest, StoredResponse } from "../../store";
import type { Connection } from "../connection/connection";
import { attempts, customers, deliveries, events, webhooks } from "../schema/tables";

/** Reads what was sent and what came back in the latest attempt of each delivery, by delivery key. */
export function contentReader({ db }: Connection): (keys: number[]) => Map<number, DeliveryContent> {
  const select = db
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
    .leftJoin(
      attempts,
      and(eq(attempts.deliveryKey, deliveries.key), eq(attempts.number, deliveries.attempts)),
    )
    .where(sql`${deliveries.key} in (select value from json_each(${sql.placeholder("keys")}))`)
    .prepare();
  return (keys) =>
    new Map(
      select.all({ keys: JSON.stringify(keys) }).map(({ key, payload, attempt, of }) => [
        key,
        {
          payload,
          request: attempt ? requestOf(attempt, of) : null,
          response: attempt ? responseOf(attempt) : null,
        },
      ]),
    );
}

type AttemptRow = typeof attempts.$inferSelect;
/** Whose attempt it is. */
type Of = Omit<AttemptHeading, "number" | "reason">;

/**
 * What a byte of an answer's body may take up: at worst three bytes of UTF-8 for one that is none, six where JSON
 * has to write a control character.
 */
const bodyWeight = 4;
/** About what headers take up that are made anew. */
const madeHeadersBytes = 500;

/** How many bytes of content a delivery brings to a page: enough to bound the page. */
export const contentBytes = sql<number>`
  octet_length(${events.payload}) + coalesce((
    select coalesce(length(a.response_body), 0) * ${sql.raw(String(bodyWeight))} + coalesce(length(a.response_headers) + ${sql.raw(String(savedHeaderBytes))}, 0) + coalesce(length(a.request_headers), ${sql.raw(String(madeHeadersBytes))})
    from ${attempts} a where a.delivery_key = ${deliveries.key} and a.number = ${deliveries.attempts}), 0)`;

/** The same for one attempt in a list of them. */
export function attemptBytes({ responseBody, responseHeaders, requestHeaders }: AttemptRow): number {
  const received = JSON.stringify(responseHeaders ?? {}).length + (responseBody?.length ?? 0) * bodyWeight;
  return received + (requestHeaders ? JSON.stringify(requestHeaders).length : madeHeadersBytes);
}

export function toAttempt(row: AttemptRow, of: Of): Attempt {
  const { number, startedAt, durationMs, statusCode, reason, timings, peer } = row;
  return {
    number,
    startedAt,
    durationMs,
    statusCode,
    error: errorOf(row),
    reason,
    timings,
    peer,
    request: requestOf(row, of),
    response: responseOf(row),
  };
}

function errorOf({ errorCode: code, errorMessage: message, errorDetail: detail }: AttemptRow) {
  return code === null ? null : { code, message: message ?? "", detail: detail ?? undefined };
}

function requestOf(row: AttemptRow, of: Of): SentRequest | null {
  const { url, requestHeaders, sentBy, signedAt, number, reason } = row;
  if (url === null) return null;
  if (sentBy === null || signedAt === null) return { url, headers: requestHeaders ?? {} };
  return { url, headers: sentHeaders({ ...of, number, reason, sentBy, signedAt }) };
}

function responseOf(row: AttemptRow): StoredResponse | null {
  if (row.responseHeaders === null) return null;
  return {
    headers: row.responseHeaders,
    body: row.responseBody ?? new Uint8Array(),
    truncated: row.isTruncated,
  };
}
