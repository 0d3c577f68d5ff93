import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { handleRest } from "./rest/handle";
import { routes } from "./rest/routes";
import { handleTrpc } from "./trpc-http/handle";

type Handler = (request: Request) => Promise<Response>;

const restRoots = new Set(routes.map(({ path }) => path.split("/")[1] ?? ""));

/** The handler of a request for the API, the same that the routes in app/ have; null for every other request. */
export function apiHandler({ url = "" }: IncomingMessage): Handler | null {
  const [, root = "", next] = url.split(/[/?]/, 3);
  if (restRoots.has(root)) return handleRest;
  return root === "api" && next === "trpc" ? handleTrpc : null;
}

/** Answers a request of Node's server with a handler of the web's kind. */
export async function answerWith(
  handler: Handler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const answer = await handler(toRequest(incoming, gone.signal));
  for (const [name, value] of answer.headers) outgoing.setHeader(name, value);
  outgoing.statusCode = answer.status;
  if (!isStream(answer)) {
    const bytes = Buffer.from(await answer.arrayBuffer());
    outgoing.end(bytes.length < packedFromBytes ? bytes : await packed(bytes, incoming, outgoing));
    return;
  }
  outgoing.flushHeaders();
  // A client that goes away ends the stream, which is no failure.
  await pipeline(Readable.fromWeb(answer.body), outgoing).catch(() => outgoing.destroy());
}

/** What is smaller fits into a packet or two, packed or not. */
const packedFromBytes = 2_048;
const pack = promisify(gzip);

/** The answer as small as its client takes it. */
async function packed(bytes: Buffer, { headers }: IncomingMessage, outgoing: ServerResponse) {
  outgoing.setHeader("vary", "accept-encoding");
  if (!takesGzip.test(String(headers["accept-encoding"]))) return bytes;
  outgoing.setHeader("content-encoding", "gzip");
  return pack(bytes);
}

const takesGzip = /(^|[,\s])gzip\s*(,|;(?!\s*q=0(\.0*)?\s*(,|$))|$)/i;

const isStream = (answer: Response): answer is Response & { body: NodeStream } =>
  answer.body !== null &&
  (answer.headers.has("transfer-encoding") || answer.headers.get("content-type") === "text/event-stream");

/** A web's Request has a whole address, of which handlers read path and query. */
const anyOrigin = "http://fanfare.invalid";

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
