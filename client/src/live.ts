import type { CallOptions, CancelSignal } from "./call-options";
import type { Connection } from "./connection";
import { eventsIn, type StreamEvent } from "./event-stream";
import { FanfareError } from "./fanfare-error";
import type { Delivery } from "./generated";
import { refusalIn, shapeRefusal } from "./refusal";
import { wait, waitAfter } from "./retry";

/** The latest state of a delivery that changed. */
export type DeliveryChange = {
  /** Where in the stream this is: `after` of the next call goes on from here. */
  position: string;
  /** Without request and response. */
  delivery: Delivery;
};

export type LiveInput = {
  /** Only of this webhook. */
  webhook_id?: string | undefined;
  /** The `position` of the last change that is known; `0.0` is before all that is kept. From now on when absent. */
  after?: string | undefined;
};

/** Longer than Fanfare is ever silent: it sends a ping every 15 s. */
const silenceMs = 40_000;

/**
 * Follows deliveries. After a lost connection it goes on where it was, so that nothing is missed, though states may be
 * skipped or repeated. Ends when the loop over it does, or the signal says so. Throws FanfareError for what does not
 * pass by itself, such as a revoked key.
 */
export async function* liveDeliveries(
  connection: Connection,
  { after, ...input }: LiveInput = {},
  { signal }: CallOptions = {},
): AsyncGenerator<DeliveryChange, void> {
  let position = after;
  let failures = 0;
  while (!signal?.aborted) {
    try {
      for await (const { event, data, id } of streamFrom(
        connection,
        { ...input, lastEventId: position },
        signal,
      )) {
        if (event === "serialized-error") throw shapeRefusal(JSON.parse(data));
        position = id ?? position;
        failures = 0;
        if (event === "message" && id !== null) yield { position: id, delivery: JSON.parse(data) };
      }
      throw new FanfareError("The stream ended.", { code: "NETWORK" });
    } catch (error) {
      const waitMs = waitAfter(error, true, failures);
      failures += 1;
      if (signal?.aborted) return;
      if (waitMs === null) throw error;
      await wait(waitMs, signal).catch(() => {}); // a stopped wait ends the loop
    }
  }
}

async function* streamFrom(
  connection: Connection,
  input: { webhook_id?: string | undefined; lastEventId: string | undefined },
  signal: CancelSignal | undefined,
): AsyncGenerator<StreamEvent> {
  const cancel = new AbortController();
  const leave = () => cancel.abort();
  const silence = timerOf(leave);
  signal?.addEventListener("abort", leave);
  try {
    const url = new URL(`${connection.url}/api/trpc/live.deliveries`);
    url.searchParams.set("input", JSON.stringify(input));
    const { headers } = connection;
    const response = await unlessLost(fetch(url, { headers, signal: cancel.signal }));
    const { status, body } = response;
    if (status !== 200 || !body)
      throw refusalIn({ status, headers: response.headers, body: await response.json().catch(() => null) });
    yield* eventsIn(textOf(body, silence.restart));
  } finally {
    silence.stop();
    signal?.removeEventListener("abort", leave);
    cancel.abort(); // closes the connection of who reads no more
  }
}

async function* textOf(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await unlessLost(reader.read());
    if (done) return;
    heard();
    yield decoder.decode(value, { stream: true });
  }
}

async function unlessLost<Value>(promise: Promise<Value>): Promise<Value> {
  try {
    return await promise;
  } catch (cause) {
    throw new FanfareError("The connection was lost.", { code: "NETWORK", cause });
  }
}

/** Calls `leave` once nothing was heard for too long. */
function timerOf(leave: () => void) {
  let timer = setTimeout(leave, silenceMs);
  return {
    restart: () => {
      clearTimeout(timer);
      timer = setTimeout(leave, silenceMs);
    },
    stop: () => clearTimeout(timer),
  };
}
