import type { ServerResponse } from "node:http";
import type { ApiError } from "@/server/domain/errors";

/** The body of every refusal, as the contract words it. */
export const refusalBody = ({ message, code }: Pick<ApiError, "message" | "code">) =>
  JSON.stringify({ error: message, code });

/** Answers with a refusal, at once. */
export function refuse(response: ServerResponse, refusal: ApiError): void {
  response.writeHead(refusal.status, { "content-type": "application/json", ...refusal.headers });
  response.end(refusalBody(refusal));
}
