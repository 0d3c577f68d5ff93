import type { IncomingMessage } from "node:http";
import { type ApiError, methodNotAllowed } from "@/domain/errors";

/** What only tells something. */
const readOnly = new Set(["/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/llms.txt"]);

/** Why a path outside the API does not take the request's method. Next would say it with an empty 405 or a 500. */
export function refusedMethod({ method = "GET", url = "/" }: IncomingMessage): ApiError | null {
  const allowed = readOnly.has(url.split("?", 1)[0] ?? "") ? "GET, HEAD" : "GET, HEAD, POST";
  return allowed.split(", ").includes(method) ? null : methodNotAllowed(allowed);
}
