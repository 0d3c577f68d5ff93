import type { Operation } from "@/server/api/openapi/types";

/** A call of the API as the document has it. */
export type ApiCall = { method: string; path: string; operation: Operation };

/** What somebody filled in, by the names of parameters. */
export type Values = Record<string, string>;

/** How a call says who makes it: by the session of this browser, or by a key. */
export type Caller = { by: "session" } | { by: "key"; key: string; customerId: string };

export type TriedRequest = {
  method: string;
  /** Path and query as the API has them. */
  target: string;
  /** Where it is sent: the API itself, or for a session what stands in front of it. */
  url: string;
  headers: Record<string, string>;
  body: string | null;
};

/** The request that is sent. What is left empty is left out of the query. */
export function requestOf(call: ApiCall, values: Values, body: string, caller: Caller): TriedRequest {
  const { method, path, operation } = call;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const given = (asked: "query" | "header") =>
    operation.parameters
      .filter(({ in: place, name }) => place === asked && values[name])
      .map(({ name }) => [name, values[name] ?? ""]);
  const query = new URLSearchParams(given("query")).toString();
  const target = query ? `${filled}?${query}` : filled;
  const sent = body.trim() === "" || !operation.requestBody ? null : body;
  return {
    method,
    target,
    url: caller.by === "session" ? `/api/try${target}` : target,
    headers: {
      ...(caller.by === "key" && operation["x-access"] && { "X-API-KEY": caller.key }),
      ...(caller.by === "key" && caller.customerId && { "X-Customer-Id": caller.customerId }),
      ...Object.fromEntries(given("header")),
      ...(sent !== null && { "Content-Type": "application/json" }),
    },
    body: sent,
  };
}

/** The parameters that have to be filled in, and are not. */
export const missingIn = ({ operation }: ApiCall, values: Values): string[] =>
  operation.parameters
    .filter(({ in: place, name }) => place === "path" && !values[name])
    .map(({ name }) => name);

/** The request in words, without the key. */
export function textOf({ method, target, headers, body }: TriedRequest): string {
  const lines = Object.entries(headers).map(
    ([name, value]) => `${name}: ${name === "X-API-KEY" ? "…" : value}`,
  );
  return [`${method} ${target}`, ...lines, ...(body === null ? [] : ["", body])].join("\n");
}
