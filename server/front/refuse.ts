import type { IncomingMessage, ServerResponse } from "node:http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { ApiError } from "@/domain/errors";

/**
 * Answers with a refusal, at once, as a client of its path reads it; with a page to who wants to see one. One that
 * still sends is not listened to.
 */
export function refuse(response: ServerResponse, refusal: ApiError): void {
  const { req: request } = response;
  if (!request.complete) response.shouldKeepAlive = false;
  const isSeen = wantsPage(request);
  const body = isSeen ? refusalPage(refusal) : bodyFor(request, refusal);
  response.writeHead(refusal.status, {
    "content-type": isSeen ? "text/html; charset=utf-8" : "application/json",
    "content-length": Buffer.byteLength(body),
    ...refusal.headers,
  });
  response.end(body);
}

/** A browser says that it is about to show the answer; programs do not, whatever else they accept. */
const wantsPage = ({ headers }: IncomingMessage) => headers.accept?.startsWith("text/html") === true;

/** Needs nothing but itself: what it tells of is that no page can be had. */
function refusalPage({ message, headers }: ApiError): string {
  const retrySeconds = headers["retry-after"];
  const again = retrySeconds === undefined ? "" : `<meta http-equiv="refresh" content="${retrySeconds}">`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Fanfare</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">${again}</head>
<body style="font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 20vh auto 0; padding: 0 1rem">
<h1 style="font-size: 1.25rem">Fanfare</h1><p>${escapeHtml(message)}</p>${again && "<p>This page tries again by itself.</p>"}
</body></html>`;
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const bodyFor = ({ url }: IncomingMessage, refusal: ApiError) =>
  url?.startsWith("/api/trpc/") ? trpcBody(refusal) : refusalBody(refusal);

/** The body of every refusal, as the contract words it. */
export const refusalBody = ({ message, code }: Pick<ApiError, "message" | "code">) =>
  JSON.stringify({ error: message, code });

function trpcBody({ message, status }: ApiError): string {
  const key = trpcKeys[status] ?? "INTERNAL_SERVER_ERROR";
  const data = { code: key, httpStatus: status };
  return JSON.stringify({ error: { message, code: TRPC_ERROR_CODES_BY_KEY[key], data } });
}

/** Of the refusals that are made before tRPC is asked. */
const trpcKeys: Record<number, keyof typeof TRPC_ERROR_CODES_BY_KEY> = {
  400: "BAD_REQUEST",
  413: "PAYLOAD_TOO_LARGE",
  414: "PAYLOAD_TOO_LARGE",
  431: "PAYLOAD_TOO_LARGE",
  503: "SERVICE_UNAVAILABLE",
};
