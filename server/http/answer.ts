import { ApiError, fault, storeAway } from "@/domain/errors";
import { isStoreAway } from "@/domain/store-away";
import type { Logger } from "@/server/process/log";

/** What a call is answered, whole: Node's response and the web's are both made of it. */
export type Answer = { status: number; headers: Record<string, string>; body: string | null };

export const toResponse = ({ body, ...head }: Answer): Response => new Response(body, head);

/**
 * A refusal with its status, fields and headers. Anything else is a fault of ours: a 500 that tells nothing but the
 * request's id, under which the log has the cause.
 */
export function answerError(error: unknown, requestId: string, log: Logger): Answer {
  const refusal = isStoreAway(error) ? storeAway() : error;
  if (refusal instanceof ApiError) return json(refusal.status, errorBody(refusal), refusal.headers);
  logFault(error, { requestId, log });
  return json(500, errorBody(fault(requestId)), { "x-request-id": requestId });
}

/** Logs what broke, under the id that the caller is told. `path` is which of a request's calls it was. */
export function logFault(err: unknown, about: { requestId: string; log: Logger; path?: string | undefined }) {
  const { log, requestId, path } = about;
  log.error({ requestId, path, err }, "A call broke.");
}

/** An answer for one caller and one moment. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(body),
  };
}

const errorBody = ({ message, code, errors }: ApiError) => ({ error: message, code, errors });
