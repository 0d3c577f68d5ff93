import type { ServerResponse } from "node:http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { ApiError } from "@/server/domain/errors";

/** The body of every refusal, as the contract words it. */
export const refusalBody = ({ message, code }: Pick<ApiError, "message" | "code">) =>
  JSON.stringify({ error: message, code });

/** That a body is too large, as a tRPC client reads it. */
export const tooLargeForTrpc = ({ message, status }: Pick<ApiError, "message" | "status">) =>
  JSON.stringify({
    error: {
      message,
      code: TRPC_ERROR_CODES_BY_KEY.PAYLOAD_TOO_LARGE,
      data: { code: "PAYLOAD_TOO_LARGE", httpStatus: status },
    },
  });

/** Answers with a refusal, at once. */
export function refuse(response: ServerResponse, refusal: ApiError): void {
  response.writeHead(refusal.status, { "content-type": "application/json", ...refusal.headers });
  response.end(refusalBody(refusal));
}
