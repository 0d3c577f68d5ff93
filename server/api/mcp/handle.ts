import { createMcpHandler } from "@modelcontextprotocol/server";
import { unauthorized } from "@/domain/errors";
import { callLimits } from "@/domain/limits";
import { answerError, toResponse } from "@/server/http/answer";
import { readBody } from "@/server/http/read-body";
import { refuseOtherSites } from "@/server/http/sender";
import { webCall } from "@/server/http/web-call";
import { authorise } from "../access";
import { type Context, createContext } from "../context";
import { causeOf } from "../failure";
import { keyHeaders } from "./key-headers";
import { createMcpServer } from "./server";

/**
 * Answers agents: the Model Context Protocol over Streamable HTTP, one message a request and nothing kept between them.
 * Which messages there are, the official server package says; who may ask, whatever every other call is asked by.
 */
export async function handleMcp(request: Request): Promise<Response> {
  const context = createContext(keyHeaders(request.headers));
  try {
    return await respond(request, context);
  } catch (error) {
    const answer = toResponse(answerError(causeOf(error), context.requestId, context.runtime.log));
    if (answer.status === 401) answer.headers.set("www-authenticate", 'Bearer realm="Fanfare"');
    return answer;
  } finally {
    context.release();
  }
}

async function respond(request: Request, context: Context): Promise<Response> {
  refuseOtherSites(request.headers, context.site());
  // A session's cookie would come along with whatever page asks for it.
  if (!context.headers.has("x-api-key")) throw unauthorized();
  const grant = await authorise("read", context);
  const { fetch } = createMcpHandler(() => createMcpServer(context, grant, request.signal));
  return fetch(await readWhole(request, context));
}

/** The same request, of which the body was read by the rules of every body here. */
async function readWhole(request: Request, context: Context): Promise<Request> {
  if (request.method !== "POST") return request;
  const share = await context.share();
  const body = await readBody(webCall(request), callLimits.bodyBytes, share);
  const { url, method, headers, signal } = request;
  return new Request(url, { method, headers, signal, body: Uint8Array.from(body) });
}
