import { callLimits } from "@/domain/limits";
import { parseExact, readJson } from "@/server/http/read-json";
import { webCall } from "@/server/http/web-call";
import type { Context } from "../context";

/** What tRPC is given to read, and why procedures must refuse it all the same. */
export type Input = { request: Request; value: unknown; refusal: Error | null };

// Around an event's data lie the batch, an array, and the event itself.
const wrappers = 3;

/**
 * Reads the input of a tRPC request by the rules of every body here: size, type, exact JSON. tRPC itself would
 * read forms, any size and inexact numbers. Nothing is read for those who may not call.
 */
export async function readInput(request: Request, context: Context): Promise<Input> {
  const url = readableUrl(request.url);
  try {
    await context.admit();
    const value = request.method === "POST" ? await readPosted(request, url, context) : readQuery(url);
    return { request: rebuild(request, url, value), value, refusal: null };
  } catch (error) {
    // Procedures ask for the caller too, and then throw this, which tells it in tRPC's way.
    return { request: rebuild(request, url, undefined), value: undefined, refusal: toError(error) };
  }
}

const toError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** The procedures that a request calls. A comma may be written as an escape too. */
export const namesOf = ({ pathname }: URL): string[] =>
  decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1)).split(",");

/** The address of a request. tRPC decodes its path, and would answer a bad escape as a fault of ours. */
export function readableUrl(raw: string): URL {
  const url = new URL(raw);
  try {
    decodeURIComponent(url.pathname);
  } catch {
    url.pathname = url.pathname.replaceAll("%", "_");
  }
  return url;
}

async function readPosted(request: Request, url: URL, context: Context): Promise<unknown> {
  const isPublishing = namesOf(url).every((name) => name === "events.publish");
  // Others are refused, whatever they send.
  const mayPublish = (await context.admit()).kind === "platform";
  const maxBytes = isPublishing && mayPublish ? callLimits.publishBytes : callLimits.bodyBytes;
  return readJson(webCall(request), { maxBytes, share: await context.share(), wrappers });
}

function readQuery({ searchParams }: URL): unknown {
  const text = searchParams.get("input");
  return text ? parseExact(text, wrappers) : undefined;
}

/** The same request with the value as plain JSON, which is empty where there is none. */
function rebuild(request: Request, url: URL, value: unknown): Request {
  const headers = new Headers(request.headers);
  headers.set("content-type", "application/json");
  headers.delete("content-length");
  const json = JSON.stringify(value ?? {});
  if (request.method === "POST")
    return new Request(url, { method: "POST", headers, body: json, signal: request.signal });
  if (url.searchParams.has("input")) url.searchParams.set("input", json);
  return new Request(url, { method: request.method, headers, signal: request.signal });
}
