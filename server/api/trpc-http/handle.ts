import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { callLimits } from "@/domain/limits";
import { type Context, createContext } from "../context";
import { refusalOf } from "../failure";
import { appRouter } from "../router";
import { noteFault } from "./fault";
import { namesOf, readableUrl, readInput } from "./input";
import { answerLive, isForLive, livePath } from "./live";

const endpoint = "/api/trpc";

/** Answers a tRPC request: queries, mutations, batches, and subscriptions over SSE. */
export async function handleTrpc(request: Request): Promise<Response> {
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: { allow: methods } });
  const calls = callsIn(readableUrl(request.url));
  if (calls > callLimits.batchCalls) return refuseBatch(calls);
  const context = createContext(request.headers, calls);
  return answer(request, context).finally(context.release);
}

async function answer(request: Request, context: Context): Promise<Response> {
  const input = await readInput(request, context);
  if (isForLive(input.request)) return answerLive(input, context);
  return fetchRequestHandler({
    endpoint,
    router: appRouter,
    req: input.request,
    // A query may be longer than addresses may be; a stream begins with GET alone.
    allowMethodOverride: !namesOf(readableUrl(request.url)).includes(livePath),
    createContext: () => ({ ...context, bodyRefusal: input.refusal }),
    responseMeta: ({ errors, type }) => {
      const headers = answerHeaders(errors, request.method);
      const more = { ...(type === "query" && context.dataAge()), ...context.answerHeaders };
      for (const [name, value] of Object.entries(more)) headers.set(name, value);
      return { headers };
    },
    onError: ({ error, path }) => noteFault(error, context, path),
  });
}

/** One error, which tRPC's client takes for the answer to each of its calls. */
function refuseBatch(calls: number): Response {
  const message = `At most ${callLimits.batchCalls} calls fit in one batch, not ${calls}.`;
  const data = { code: "BAD_REQUEST", httpStatus: 400 };
  const error = { message, code: TRPC_ERROR_CODES_BY_KEY.BAD_REQUEST, data };
  return Response.json({ error }, { status: 400 });
}

function callsIn(url: URL): number {
  return url.searchParams.get("batch") === "1" ? namesOf(url).length : 1;
}

const methods = "GET, POST";

const isWrongMethod = (error: Error) => error instanceof TRPCError && error.code === "METHOD_NOT_SUPPORTED";

/** A query is no mutation, nor the other way round. */
const otherMethods: Record<string, string> = { GET: "POST", POST: "GET" };

/** Answers are for one caller and one moment. A refusal may bring headers, such as Retry-After. */
function answerHeaders(errors: Error[], method: string): Headers {
  const headers = new Headers({ "cache-control": "no-store" });
  for (const error of errors) {
    if (isWrongMethod(error)) headers.set("allow", otherMethods[method] ?? methods);
    for (const [name, value] of Object.entries(refusalOf(error)?.headers ?? {})) headers.set(name, value);
  }
  return headers;
}
