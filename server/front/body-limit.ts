import { IncomingMessage } from "node:http";

const kibibyte = 1024;
const usualLimit = 256 * kibibyte;
/** A publish call, over REST or tRPC, brings up to 1000 events. */
const publishLimit = 5 * kibibyte * kibibyte;

/** How many bytes of body a path takes (contract: 413). */
export function bodyLimit(path: string): number {
  return path === "/events" || path.startsWith("/api/trpc/") ? publishLimit : usualLimit;
}

export const writeLimit = (bytes: number) =>
  bytes < kibibyte * kibibyte ? `${bytes / kibibyte} KiB` : `${bytes / kibibyte / kibibyte} MiB`;

/** Whether the header alone says that the body is too large: then none of it has to be read. */
export function declaresTooMuch(request: IncomingMessage, limit: number): boolean {
  return Number(request.headers["content-length"] ?? 0) > limit;
}

export const hasUnknownLength = (request: IncomingMessage) =>
  request.headers["transfer-encoding"] !== undefined;

/**
 * Reads a body that came without a length, and answers the same request with one, so that whoever handles it
 * can rely on `content-length`. Null when the body is longer than `limit`.
 */
export async function measureBody(request: IncomingMessage, limit: number): Promise<IncomingMessage | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  const { "transfer-encoding": _, ...headers } = request.headers;
  const measured = new IncomingMessage(request.socket);
  measured.httpVersion = request.httpVersion;
  measured.httpVersionMajor = request.httpVersionMajor;
  measured.httpVersionMinor = request.httpVersionMinor;
  if (request.method) measured.method = request.method;
  if (request.url) measured.url = request.url;
  measured.headers = { ...headers, "content-length": String(length) };
  for (const chunk of chunks) measured.push(chunk);
  measured.push(null);
  measured.complete = true;
  return measured;
}

const maxDiscarded = 16 * kibibyte * kibibyte;
const maxDiscardMs = 5_000;

/**
 * Reads on so that a client that is still uploading can see the refusal: closed on unread bytes, a connection is
 * reset and the answer lost. Resolves at the body's end, or when it is larger or slower than anybody's mistake.
 */
export function discardBody(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let length = 0;
    const timer = setTimeout(resolve, maxDiscardMs);
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxDiscarded) resolve();
    });
    request.once("end", resolve);
    request.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    request.resume();
  });
}
