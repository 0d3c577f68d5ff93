import { createMcpHandler } from "@modelcontextprotocol/server";
import { badInput, unauthorized } from "@/domain/errors";
import { callLimits } from "@/domain/limits";
import { answerError, toResponse } from "@/server/http/answer";
import { readBody } from "@/server/http/read-body";
import { parseExact } from "@/server/http/read-json";
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
    return endingWith(await respond(request, context), context.release);
  } catch (error) {
    context.release();
    const answer = toResponse(answerError(causeOf(error), context.requestId, context.runtime.log));
    if (answer.status === 401) answer.headers.set("www-authenticate", waysIn);
    return answer;
  }
}

/** Both ways to send a key; what a client knows it takes, and the other it shows to people. */
const waysIn = 'Bearer realm="Fanfare", ApiKey realm="Fanfare", header="X-API-KEY"';

/** The same answer; a tool may still be at work when its headers are there, so that `release` is told its body's end. */
function endingWith(answer: Response, release: () => void): Response {
  if (answer.body === null) {
    release();
    return answer;
  }
  const reader = answer.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      release();
    },
    async cancel(reason) {
      release();
      await reader.cancel(reason);
    },
  });
  return new Response(body, answer);
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
  // The server package reads it again, and would keep silent about repeated keys, and about how deep it is.
  if (Array.isArray(parseExact(body)))
    throw badInput([{ path: [], message: oneMessage, code: "invalid_type" }]);
  const { url, method, headers, signal } = request;
  return new Request(url, { method, headers, signal, body: Uint8Array.from(body) });
}

const oneMessage = "Send one message a request, as the protocol has it, and no batch.";
