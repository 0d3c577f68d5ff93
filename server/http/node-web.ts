import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { anyOrigin, type NodeHandler, send, whenGone } from "./node-call";

/** A handler of the web's kind for Node's server. Streams are sent as they come. */
export function answerWith(handle: (request: Request) => Response | Promise<Response>): NodeHandler {
  return async (incoming, outgoing) => {
    const answer = await handle(toRequest(incoming, whenGone(outgoing)));
    for (const cookie of answer.headers.getSetCookie()) outgoing.appendHeader("set-cookie", cookie);
    answer.headers.delete("set-cookie");
    const [status, headers] = [answer.status, Object.fromEntries(answer.headers)];
    if (isStream(answer)) return sendStream(answer.body, outgoing.writeHead(status, headers));
    const body = incoming.method === "HEAD" ? null : await answer.text();
    return send({ status, headers, body }, outgoing);
  };
}

async function sendStream(body: NodeStream, outgoing: ServerResponse): Promise<void> {
  outgoing.flushHeaders();
  // A client that goes away ends the stream, which is no failure.
  await pipeline(Readable.fromWeb(body), outgoing).catch(() => outgoing.destroy());
}

const isStream = (answer: Response): answer is Response & { body: NodeStream } =>
  answer.body !== null &&
  (answer.headers.has("transfer-encoding") ||
    answer.headers.get("content-type") === "text/event-stream" ||
    answer.headers.get("content-disposition")?.startsWith("attachment") === true);

// What the web's Request refuses to carry; here they are methods like any other wrong one.
const refusedByRequest = new Set(["CONNECT", "TRACE", "TRACK"]);

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const { method = "GET", url = "/" } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, String(value));
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  // Not a web stream of Node's, which reads ahead; and what is left of it is not the handler's to end.
  const body = hasBody ? { body: incoming.iterator({ destroyOnReturn: false }), duplex: "half" } : {};
  return new Request(`${anyOrigin}${url}`, {
    method: refusedByRequest.has(method) ? "OTHER" : method,
    headers,
    signal,
    ...body,
  } as unknown as RequestInit);
}
