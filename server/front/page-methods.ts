import type { IncomingMessage } from "node:http";
import { type ApiError, methodNotAllowed } from "@/domain/errors";

/** What only tells something. */
const readOnly = new Set(["/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/llms.txt"]);

/** Why a path outside the API does not take the request's method. Next would say it with an empty 405 or a 500. */
export function refusedMethod({ method = "GET", url = "/" }: IncomingMessage): ApiError | null {
  const path = url.split("?", 1)[0] ?? "";
  const onlyTells = readOnly.has(path) || path.startsWith("/docs/");
  const allowed = onlyTells ? "GET, HEAD" : "GET, HEAD, POST";
  return allowed.split(", ").includes(method) ? null : methodNotAllowed(allowed);
}
