import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { anyOrigin, send, whenGone } from "@/server/http/node-call";
import { handleTrpc } from "./handle";

/** Answers a tRPC request of Node's server, streams as they come. */
export async function sendTrpc(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const answer = await handleTrpc(toRequest(incoming, whenGone(outgoing)));
  const head = { status: answer.status, headers: Object.fromEntries(answer.headers) };
  if (!isStream(answer)) return send({ ...head, body: await answer.text() }, outgoing);
  outgoing.writeHead(head.status, head.headers).flushHeaders();
  // A client that goes away ends the stream, which is no failure.
  await pipeline(Readable.fromWeb(answer.body), outgoing).catch(() => outgoing.destroy());
}

const isStream = (answer: Response): answer is Response & { body: NodeStream } =>
  answer.body !== null &&
  (answer.headers.has("transfer-encoding") || answer.headers.get("content-type") === "text/event-stream");

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
