import type { OpenApi } from "@/server/api/openapi/types";
import type { Call } from "./groups";

/** A call as a command that people can paste. */
export function curlOf({ method, path, operation }: Call, document: OpenApi): string {
  const url = `${document.servers[0]?.url ?? ""}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => variableOf(name))}`;
  const example = operation.requestBody?.content["application/json"].example;
  const parts = [`curl ${method === "GET" ? "" : `-X ${method} `}"${url}"`];
  if (!operation.security) parts.push(`-H "X-API-KEY: $FANFARE_KEY"`);
  if (example !== undefined) {
    parts.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(example, null, 2)}'`);
  }
  return parts.join(" \\\n  ");
}

/** `{webhook_id}` as a shell variable: `$WEBHOOK_ID`. */
const variableOf = (name: string) => `$${name.toUpperCase()}`;
