import { methodNotAllowed, notFound } from "@/domain/errors";
import { type Answer, answerError, toResponse } from "@/server/http/answer";
import type { Call } from "@/server/http/call";
import { webCall } from "@/server/http/web-call";
import { authorise } from "../access";
import { type Context, createContext } from "../context";
import { causeOf } from "../failure";
import { createCaller } from "../router";
import { toAnswer } from "./answer";
import { byKey, bySession, type Door } from "./door";
import { readInput } from "./input";
import { allowedMethods, matchPath } from "./match";
import { procedureOf } from "./procedure-of";
import type { Route } from "./routes";

/**
 * Answers a REST call through the procedure that the table names. Refusals come in the contract's order: who
 * calls (401), whether they may (403), whether there is such a call (404, 405), and only then its body.
 */
export const answerRest = (request: Call): Promise<Answer> => answerThrough(byKey, request);

/**
 * The same below `/api/try`, for pages of ours that show what a call does: whoever is signed in makes it, as the
 * dashboard would.
 */
export const answerTried = (request: Call): Promise<Answer> =>
  answerThrough(bySession, { ...request, url: request.url.replace("/api/try/", "/") });

async function answerThrough(door: Door, request: Call): Promise<Answer> {
  const context = createContext(request.headers);
  const answer = await respond(door, request, context)
    .catch((error) => answerError(causeOf(error), context.requestId, context.runtime.log))
    .finally(context.release);
  return request.method === "HEAD" ? { ...answer, body: null } : answer;
}

/** The same for whoever has the web's requests, as Next's routes do. */
export const handleRest = async (request: Request): Promise<Response> =>
  toResponse(await answerRest(webCall(request)));

export const handleTried = async (request: Request): Promise<Response> =>
  toResponse(await answerTried(webCall(request)));

async function respond(door: Door, request: Call, context: Context): Promise<Answer> {
  await door(request, context);
  const match = matchPath(new URL(request.url).pathname);
  if (!match) throw notFound("path");
  const route = await findRoute(request.method, match.routes, context);
  if (!route) return { status: 204, headers: { allow: allowedMethods(match.routes) }, body: null };
  const input = await readInput(request, route, match.params, context);
  const output = await call(route, input, context, request);
  return toAnswer(route, output, request, context);
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

async function call(route: Route, input: unknown, context: Context, request: Call): Promise<unknown> {
  if (route.direct) return route.direct(context.runtime, input);
  const [noun = "", verb = ""] = route.procedure.split(".");
  const caller = createCaller(context, { signal: request.signal }) as unknown as Record<
    string,
    Record<string, Verb>
  >;
  return caller[noun]?.[verb]?.(input);
}
