import { authorise } from "../access";
import type { Context } from "../context";
import { currentPosition } from "../procedures/live/deliveries";
import type { Input } from "./input";

const lastEventId = "lastEventId";

/**
 * Where a new live stream begins: the request with that position in it; null for every other request. tRPC tells
 * a client its position only with the first change, so one that lost the connection before would miss what
 * happened since.
 */
export async function liveStart(
  { request, value, refusal }: Input,
  context: Context,
): Promise<{ request: Request; position: string } | null> {
  const url = new URL(request.url);
  if (refusal || request.method !== "GET" || !url.pathname.endsWith("/live.deliveries")) return null;
  const isKnown =
    request.headers.has("last-event-id") ||
    url.searchParams.has(lastEventId) ||
    (typeof value === "object" && value !== null && lastEventId in value);
  if (isKnown) return null;
  const { customerId } = await authorise("read", context).catch(() => ({ customerId: null }));
  if (customerId === null) return null;
  // A store that cannot be read is met by the stream itself, which says so in tRPC's way.
  const position = await currentPosition(context, customerId).catch(() => null);
  if (position === null) return null;
  url.searchParams.set(lastEventId, position);
  return { request: new Request(url, { headers: request.headers, signal: request.signal }), position };
}

/** The stream with its position as the id of its first message, so that browsers send it when they come back. */
export function withFirstId(response: Response, position: string): Response {
  if (!response.body) return response;
  const prefix = new TextEncoder().encode(`id: ${position}\n`);
  const prefixed = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => controller.enqueue(prefix),
  });
  return new Response(response.body.pipeThrough(prefixed), response);
}
