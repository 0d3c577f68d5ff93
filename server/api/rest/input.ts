import { badInput } from "@/domain/errors";
import { callLimits } from "@/domain/limits";
import type { Call } from "@/server/http/call";
import { readJson } from "@/server/http/read-json";
import type { Context } from "../context";
import type { Route } from "./routes";

const numeric = new Set(["page_size", "code_class", "status_code"]);

/** The procedure's input, as one flat object: the body's fields or the query's, and those of the path. */
export async function readInput(
  request: Call,
  route: Route,
  params: Record<string, string>,
  context: Context,
): Promise<unknown> {
  if (route.method === "GET") return { ...readQuery(new URL(request.url), route.query ?? []), ...params };
  if (route.method === "DELETE") return params;
  const maxBytes = route.body ? callLimits.publishBytes : callLimits.bodyBytes;
  const body = await readJson(request, { maxBytes, share: await context.share() });
  if (route.body) return body;
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body, ...params };
  throw badInput([{ path: [], message: "The body must be a JSON object.", code: "invalid_type" }]);
}

/**
 * An empty parameter counts as absent. A repeated one is an array, which no field accepts. One that is not known is
 * refused: left out, a filter with a slip of the pen would answer everything.
 */
function readQuery(url: URL, names: readonly string[]): Record<string, unknown> {
  const unknown = [...new Set(url.searchParams.keys())].filter((name) => !names.includes(name));
  if (unknown.length > 0) throw badInput(unknown.map((name) => unknownParameter(name, names)));
  const query: Record<string, unknown> = {};
  for (const name of names) {
    const values = url.searchParams.getAll(name).filter((value) => value !== "");
    if (values.length > 0) query[name] = values.length > 1 ? values : toField(name, values[0] ?? "");
  }
  return query;
}

const unknownParameter = (name: string, names: readonly string[]) => ({
  path: [name],
  message:
    names.length > 0
      ? `There is no such parameter. There are ${names.join(", ")}.`
      : "This call takes no parameters.",
  code: "unrecognized_keys",
});

const toField = (name: string, text: string) =>
  numeric.has(name) && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
