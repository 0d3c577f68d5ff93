import { methodNotAllowed, notFound, unauthorized } from "@/domain/errors";
import { answerError } from "@/server/http/answer";
import { authorise } from "../access";
import { type Context, createContext } from "../context";
import { causeOf } from "../failure";
import { createCaller } from "../router";
import { answer } from "./answer";
import { readInput } from "./input";
import { allowedMethods, matchPath } from "./match";
import { procedureOf } from "./procedure-of";
import type { Route } from "./routes";

/**
 * Answers a REST call through the procedure that the table names. Refusals come in the contract's order: who
 * calls (401), whether they may (403), whether there is such a call (404, 405), and only then its body.
 */
export async function handleRest(request: Request): Promise<Response> {
  const context = createContext(request.headers);
  const response = await respond(request, context)
    .catch((error) => answerError(causeOf(error), context.requestId, context.runtime.log))
    .finally(context.release);
  return request.method === "HEAD" ? new Response(null, response) : response;
}

async function respond(request: Request, context: Context): Promise<Response> {
  // Sessions are for the dashboard: a request without a key is nobody's here.
  if (!request.headers.has("x-api-key")) throw unauthorized();
  await context.admit();
  const match = matchPath(new URL(request.url).pathname);
  if (!match) throw notFound("path");
  const route = await findRoute(request.method, match.routes, context);
  if (!route) return new Response(null, { status: 204, headers: { allow: allowedMethods(match.routes) } });
  const input = await readInput(request, route, match.params, context);
  const output = await call(route.procedure, input, context, request.signal);
  return answer(route, output, request, context);
}

/** The route that this caller may use with this method; null for OPTIONS. */
async function findRoute(method: string, onPath: Route[], context: Context): Promise<Route | null> {
  const wanted = method === "HEAD" ? "GET" : method;
  const route = onPath.find((candidate) => candidate.method === wanted);
  await authoriseAny(route ? [route] : onPath, context);
  if (route) return route;
  if (method === "OPTIONS") return null;
  throw methodNotAllowed(allowedMethods(onPath));
}

async function authoriseAny([first, ...others]: Route[], context: Context): Promise<void> {
  if (!first) return;
  try {
    await authorise(procedureOf(first).access, context);
  } catch (error) {
    if (others.length === 0) throw error;
    await authoriseAny(others, context);
  }
}

type Verb = (input: unknown) => Promise<unknown>;

async function call(name: string, input: unknown, context: Context, signal: AbortSignal): Promise<unknown> {
  const [noun = "", verb = ""] = name.split(".");
  const caller = createCaller(context, { signal }) as unknown as Record<string, Record<string, Verb>>;
  return caller[noun]?.[verb]?.(input);
}
