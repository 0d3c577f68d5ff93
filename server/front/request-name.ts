import type { IncomingMessage, ServerResponse } from "node:http";

/** An answer with status 500, or one that broke off. Its client was told the id. */
export type Fault = { requestId: string; method: string; path: string; err?: unknown };

/** The header in which a request brings its id to whoever handles it. */
const idHeader = "x-fanfare-request";

/**
 * Gives a request the id that its answer, and every log line about it, tells. Whoever answers with a 500, and
 * whatever else is logged of it, `onFault` hears of it; the function that comes back tells why.
 */
export function nameRequest(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  onFault: (fault: Fault) => void,
): (err: unknown) => void {
  const { method = "", url = "" } = request;
  request.headers[idHeader] = requestId;
  response.setHeader("x-request-id", requestId);
  let isTold = false;
  const tell = (why: { err?: unknown }) => {
    if (!isTold) onFault({ requestId, method, path: withoutSecrets(url), ...why });
    isTold = true;
  };
  response.once("close", () => {
    if (response.statusCode === 500) tell({});
  });
  return (err) => tell({ err });
}

/** Paths of pages may hold the token of a link, and queries anything. */
function withoutSecrets(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  return path.startsWith("/api/") ? path : path.split("/", 2).join("/");
}
