import { outcomeError } from "@/domain/delivery/decide";
import { sentOf } from "@/domain/delivery/sent-headers";
import { headingOf } from "../../rows/attempt";
import type { AttemptRecord } from "../../store";
import type { Database } from "../connection/connection";
import { storableText } from "../connection/text";
import { attempts } from "../schema/tables";

/** Far below what one statement may have of parameters. */
const batchRows = 500;

/** Puts attempts on record. */
export async function insertAttempts(db: Database, records: AttemptRecord[]): Promise<void> {
  for (let from = 0; from < records.length; from += batchRows) {
    await db.insert(attempts).values(records.slice(from, from + batchRows).map(toRow));
  }
}

function toRow({ claim, request, outcome }: AttemptRecord): typeof attempts.$inferInsert {
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
    timings: outcome.timings,
    peer: outcome.peer,
    url: request.url,
    sentBy: sent?.sentBy ?? null,
    signedAt: sent?.signedAt ?? null,
    requestHeaders: sent ? null : request.headers,
    responseHeaders: response?.headers ?? null,
    responseBody: response && asBuffer(response.body),
    isTruncated: response?.truncated ?? false,
  };
}

/** The same bytes, not copied. */
const asBuffer = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length);
