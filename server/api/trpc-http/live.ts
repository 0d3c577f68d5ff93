import {
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  isTrackedEnvelope,
  type TrackedEnvelope,
} from "@trpc/server";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { ApiError } from "@/domain/errors";
import { authorise } from "../access";
import type { Context } from "../context";
import { refusalOf } from "../failure";
import { oncePerObject } from "../live/once-per-object";
import { currentPosition } from "../procedures/live/deliveries";
import { appRouter, createCaller } from "../router";
import { eventStream, serverSentEvent } from "./event-stream";
import { noteFault } from "./fault";
import { type Input, namesOf } from "./input";

/** The one stream. */
export const livePath = "live.deliveries";

/** Whether a request is for the live stream, which `answerLive` answers. */
export function isForLive({ method, url }: Request): boolean {
  const asked = new URL(url);
  const names = namesOf(asked);
  return method === "GET" && names.length === 1 && names[0] === livePath && !asked.searchParams.has("batch");
}

/**
 * Answers the subscription over server-sent events, in the words of tRPC's own stream. That one takes every message
 * through five streams for every client; here all of them share the text of what they are told.
 */
export async function answerLive(asked: Input, context: Context): Promise<Response> {
  const { request, refusal } = asked;
  const left = new AbortController();
  const signal = AbortSignal.any([request.signal, left.signal]);
  const { input, start } = await beginning(asked, context);
  const tellError = (thrown: unknown) => {
    const error = getTRPCErrorFromUnknown(thrown);
    noteFault(error, context, livePath);
    const config = appRouter._def._config;
    const shape = getTRPCErrorShape({
      config,
      error,
      type: "subscription",
      path: livePath,
      input,
      ctx: context,
    });
    return serverSentEvent({ event: "serialized-error", data: JSON.stringify(shape) });
  };
  const { live } = createCaller({ ...context, bodyRefusal: refusal }, { signal });
  try {
    // The procedure checks what it is given.
    const changes = await live.deliveries(input as Parameters<typeof live.deliveries>[0]);
    const events = eventsOf(changes, start, tellError);
    return new Response(eventStream(events, { signal, leave: () => left.abort() }), { headers });
  } catch (error) {
    const refused = refusalOf(error);
    if (refused?.status === 429) return refuse(refused);
    return new Response(connected(start) + tellError(error), { headers });
  }
}

const headers = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no", // a proxy that waits for more would hold back the latest
};

/**
 * What is asked for, with the position from which on. One that is new here is told its own with the first message:
 * who loses the connection before anything has changed would else miss what happened since.
 */
async function beginning(
  { request, value, refusal }: Input,
  context: Context,
): Promise<{ input: unknown; start: string | null }> {
  const { searchParams } = new URL(request.url);
  const own: unknown = typeof value === "object" && value !== null && "lastEventId" in value;
  const named = request.headers.get("last-event-id") || searchParams.get("lastEventId");
  const start = named || own || refusal ? null : await startFor(context);
  const lastEventId = named || start;
  const isFlat = value === undefined || (typeof value === "object" && !Array.isArray(value));
  return { input: lastEventId && isFlat ? { ...value, lastEventId } : value, start };
}

/** Null for who may not ask, and while the store cannot be read: the procedure meets that too, and says so. */
async function startFor(context: Context): Promise<string | null> {
  const { customerId } = await authorise("read", context).catch(() => ({ customerId: null }));
  return customerId && currentPosition(context, customerId).catch(() => null);
}

/** Clients of streams know what to do with a status, and when: what stands in a stream, few look at. */
function refuse({ status, message, headers }: ApiError): Response {
  const code = "TOO_MANY_REQUESTS";
  const error = { message, code: TRPC_ERROR_CODES_BY_KEY[code], data: { code, httpStatus: status } };
  return Response.json({ error }, { status, headers: { "cache-control": "no-store", ...headers } });
}

async function* eventsOf(
  changes: AsyncIterable<unknown>,
  start: string | null,
  tellError: (thrown: unknown) => string,
): AsyncGenerator<string> {
  yield connected(start);
  try {
    for await (const change of changes) if (isTrackedEnvelope<object>(change)) yield changeEvent(change);
  } catch (error) {
    yield tellError(error);
  }
}

// Its type says that it is what a client makes of it.
const changeEvent = ([id, data]: TrackedEnvelope<object>) => serverSentEvent({ data: textOf(data), id });

const textOf = oncePerObject((data: object) => JSON.stringify(data));

/** What a client that hears nothing for so long does: pings come more often. */
const client = JSON.stringify({ reconnectAfterInactivityMs: 40_000 });

const connected = (start: string | null) =>
  serverSentEvent({ event: "connected", data: client, ...(start !== null && { id: start }) });
