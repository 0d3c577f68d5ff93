import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Answer } from "./answer";
import type { Call, CallHeaders } from "./call";

/** Only path and query of it are read. */
export const anyOrigin = "http://fanfare.invalid";

export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/** A request of Node's server as a call. */
export function toCall(incoming: IncomingMessage, outgoing: ServerResponse): Call {
  const { method = "GET", url = "/" } = incoming;
  return {
    method,
    url: `${anyOrigin}${url}`,
    headers: callHeaders(incoming),
    eachChunk: (take) => eachChunk(incoming, take),
    get signal() {
      return whenGone(outgoing);
    },
  };
}

/** Sends an answer, as small as its client takes it. */
export async function send({ status, headers, body }: Answer, outgoing: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  outgoing.statusCode = status;
  const bytes = Buffer.from(body ?? "");
  outgoing.end(bytes.length < packedFromBytes ? bytes : await packed(bytes, outgoing));
}

/** What is smaller fits into a packet or two, packed or not. */
const packedFromBytes = 2_048;
const pack = promisify(gzip);

async function packed(bytes: Buffer, outgoing: ServerResponse): Promise<Buffer> {
  outgoing.setHeader("vary", "accept-encoding");
  if (!takesGzip.test(String(outgoing.req.headers["accept-encoding"]))) return bytes;
  outgoing.setHeader("content-encoding", "gzip");
  return pack(bytes);
}

const takesGzip = /(^|[,\s])gzip\s*(,|;(?!\s*q=0(\.0*)?\s*(,|$))|$)/i;

/** Aborted when the connection closes before the answer is through. */
export function whenGone(outgoing: ServerResponse): AbortSignal {
  const gone = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Node has the names in lower case, and joins what comes more than once as the web's `Headers` do. */
function callHeaders({ headers }: IncomingMessage): CallHeaders {
  const get = (name: string) => {
    const value = headers[name.toLowerCase()];
    return value === undefined ? null : String(value);
  };
  return {
    get,
    has: (name) => get(name) !== null,
    entries: () =>
      new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])).entries(),
  };
}

/** Without the iterator of Node's streams, whose promises and listeners cost more than a small body does. */
function eachChunk(incoming: IncomingMessage, take: (chunk: Uint8Array) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (incoming.destroyed) return reject(endedEarly());
    const onData = (chunk: Uint8Array) => {
      try {
        take(chunk);
      } catch (error) {
        incoming.off("data", onData).pause();
        reject(error);
      }
    };
    incoming.on("data", onData).once("end", resolve).once("error", reject);
    incoming.once("close", () => {
      if (!incoming.readableEnded) reject(endedEarly());
    });
  });
}

const endedEarly = () => new Error("The request ended early.");
