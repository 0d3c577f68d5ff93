import { sql } from "drizzle-orm";
import { outcomeError } from "@/domain/delivery/decide";
import { sentOf } from "@/domain/delivery/sent-headers";
import { headingOf } from "../../rows/attempt";
import type { AttemptRecord } from "../../store";
import type { Database } from "../connection/connection";
import { storableText } from "../connection/text";
import { attempts } from "../schema/tables";

const columns = sql`"deliveryKey" bigint, number integer, reason text, "startedAt" bigint, "durationMs" integer,
  "statusCode" integer, "errorCode" text, "errorMessage" text, "errorDetail" text, timings text, peer text, url text,
  "sentBy" text, "signedAt" integer, "requestHeaders" json, "responseHeaders" text, "responseBody" text,
  "isTruncated" boolean`;

/** Puts attempts on record, in one statement of one parameter: one for each value takes as long as all the rest. */
export async function insertAttempts(db: Database, records: AttemptRecord[]): Promise<void> {
  await db.execute(sql`
    insert into attempts (delivery_key, number, reason, started_at, duration_ms, status_code, error_code,
      error_message, error_detail, timings, peer, url, sent_by, signed_at, request_headers, response_headers,
      response_body, is_truncated)
    select "deliveryKey", number, reason, "startedAt", "durationMs", "statusCode", "errorCode", "errorMessage",
      "errorDetail", timings, peer, url, "sentBy", "signedAt", "requestHeaders", "responseHeaders",
      decode("responseBody", 'base64'), "isTruncated"
    from json_to_recordset(${JSON.stringify(records.map(toRow))}::json) as attempt(${columns})`);
}

function toRow({ claim, request, outcome }: AttemptRecord) {
  const error = outcomeError(outcome);
  const response = outcome.kind === "response" ? outcome.response : null;
  const sent = sentOf(request.headers, headingOf(claim));
  return {
    deliveryKey: claim.delivery,
    number: claim.number,
    reason: claim.reason,
    startedAt: outcome.startedAt,
    durationMs: outcome.durationMs,
    statusCode: outcome.kind === "response" ? outcome.status : null,
    errorCode: error?.code ?? null,
    errorMessage: error && storableText(error.message),
    errorDetail: error?.detail ?? null,
    timings: attempts.timings.mapToDriverValue(outcome.timings),
    peer: attempts.peer.mapToDriverValue(outcome.peer),
    url: request.url,
    sentBy: sent?.sentBy ?? null,
    signedAt: sent?.signedAt ?? null,
    requestHeaders: sent ? null : request.headers,
    responseHeaders: response && attempts.responseHeaders.mapToDriverValue(response.headers),
    responseBody: response && asBuffer(response.body).toString("base64"),
    isTruncated: response?.truncated ?? false,
  };
}

/** The same bytes, not copied. */
const asBuffer = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length);
