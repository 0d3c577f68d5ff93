import type { ServerResponse } from "node:http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { ApiError } from "@/domain/errors";

/** Answers with a refusal, at once, as a client of its path reads it. One that still sends is not listened to. */
export function refuse(response: ServerResponse, refusal: ApiError): void {
  const { req: request } = response;
  if (!request.complete) response.shouldKeepAlive = false;
  const body = request.url?.startsWith("/api/trpc/") ? trpcBody(refusal) : refusalBody(refusal);
  response.writeHead(refusal.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    ...refusal.headers,
  });
  response.end(body);
}

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
  503: "SERVICE_UNAVAILABLE",
};
