import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { type Context, createContext } from "../context";
import { logFault, refusalOf } from "../failure";
import { appRouter } from "../router";
import { readInput } from "./input";
import { liveStart, withFirstId } from "./live-start";

const endpoint = "/api/trpc";

/** Calls in one batch. The dashboard's largest page makes a dozen. */
const maxBatchSize = 50;

/** Answers a tRPC request: queries, mutations, batches, and subscriptions over SSE. */
export async function handleTrpc(request: Request): Promise<Response> {
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: { allow: methods } });
  const context = createContext(request.headers);
  return answer(request, context).finally(context.release);
}

async function answer(request: Request, context: Context): Promise<Response> {
  const input = await readInput(request, context);
  const start = await liveStart(input, context);
  const response = await fetchRequestHandler({
    endpoint,
    router: appRouter,
    req: start?.request ?? input.request,
    maxBatchSize,
    createContext: () => ({ ...context, bodyRefusal: input.refusal }),
    responseMeta: ({ errors }) => ({ headers: answerHeaders(errors, request.method) }),
    onError: ({ error, path }) => logFault(context, error, path),
  });
  return start ? withFirstId(response, start.position) : response;
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
