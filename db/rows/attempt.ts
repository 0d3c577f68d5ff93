import type { AttemptReason } from "@/domain/delivery/decide";
import type { ErrorCode, FailureDetail, Peer, ResponseHeaders, Timings } from "@/domain/delivery/outcome";
import { type AttemptHeading, sentHeaders } from "@/domain/delivery/sent-headers";
import type { Attempt, Claim, DeliveryContent, SentRequest, StoredResponse } from "../store";

/** An attempt's row, in whichever database. */
type AttemptRow = {
  number: number;
  reason: AttemptReason;
  startedAt: number;
  durationMs: number;
  statusCode: number | null;
  errorCode: ErrorCode | null;
  errorMessage: string | null;
  errorDetail: FailureDetail | null;
  timings: Timings;
  peer: Peer;
  url: string | null;
  sentBy: string | null;
  signedAt: number | null;
  requestHeaders: Record<string, string> | null;
  responseHeaders: ResponseHeaders | null;
  responseBody: Uint8Array | null;
  isTruncated: boolean;
};

/** Whose attempt it is. */
type Of = Omit<AttemptHeading, "number" | "reason">;

/**
 * What a byte of an answer's body may take up: at worst three bytes of UTF-8 for one that is none, six where JSON
 * has to write a control character.
 */
export const bodyWeight = 4;
/** About what headers take up that are made anew. */
export const madeHeadersBytes = 500;

/** How many bytes an attempt brings to a list of them: enough to bound it. */
export function attemptBytes({ responseBody, responseHeaders, requestHeaders }: AttemptRow): number {
  const received = JSON.stringify(responseHeaders ?? {}).length + (responseBody?.length ?? 0) * bodyWeight;
  return received + madeHeadersBytes + (requestHeaders ? JSON.stringify(requestHeaders).length : 0);
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

/** What the headers of a claim are made of. */
export const headingOf = ({ webhook, event, number, reason }: Claim) => ({
  webhookId: webhook.id,
  eventId: event.id,
  customerId: webhook.customerId,
  eventType: event.type,
  number,
  reason,
});

/** What was sent and came back in the latest attempt, null before one. */
export const contentOf = (payload: string, attempt: AttemptRow | null, of: Of): DeliveryContent => ({
  payload,
  request: attempt ? requestOf(attempt, of) : null,
  response: attempt ? responseOf(attempt) : null,
});

function requestOf(row: AttemptRow, of: Of): SentRequest | null {
  const { url, requestHeaders, sentBy, signedAt, number, reason } = row;
  if (url === null) return null;
  if (sentBy === null || signedAt === null) return { url, headers: requestHeaders ?? {} };
  return { url, headers: { ...sentHeaders({ ...of, number, reason, sentBy, signedAt }), ...requestHeaders } };
}

function responseOf(row: AttemptRow): StoredResponse | null {
  if (row.responseHeaders === null) return null;
  return {
    headers: row.responseHeaders,
    body: row.responseBody ?? new Uint8Array(),
    truncated: row.isTruncated,
  };
}
