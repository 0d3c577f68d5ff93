import { setImmediate as turn } from "node:timers/promises";
import { createBell } from "../live/bell";

/** A client that has heard nothing for much longer takes the connection for lost. */
const pingMs = 15_000;

/** Text that waits for a client that reads slower than it comes. */
const maxWaiting = 64 * 1_024;

const ping = serverSentEvent({ event: "ping", data: "" });

/**
 * The body of an event stream. Events that come together leave in one piece, and while the client does not read, no
 * more are asked for. `leave` is called when it reads no more, and has to abort the signal, at which the events end.
 */
export function eventStream(
  events: AsyncIterable<string>,
  { signal, leave }: { signal: AbortSignal; leave: () => void },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const come = createBell();
  const taken = createBell();
  let waiting = "";
  let isOver = false;
  const timer = setInterval(() => waiting === "" && add(ping), pingMs);
  signal.addEventListener("abort", taken.ring);
  void collect();

  return new ReadableStream(
    {
      async pull(controller) {
        while (waiting === "" && !isOver) {
          await come.rung();
          await turn();
        }
        if (waiting !== "") controller.enqueue(encoder.encode(waiting));
        waiting = "";
        taken.ring();
        if (isOver) controller.close();
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );

  async function collect(): Promise<void> {
    for await (const event of events) {
      add(event);
      while (waiting.length > maxWaiting && !signal.aborted) await taken.rung();
    }
    clearInterval(timer);
    isOver = true;
    come.ring();
  }

  function add(event: string): void {
    waiting += event;
    come.ring();
  }
}

/** One event as the HTML standard writes it. `data` has no line breaks. */
export function serverSentEvent({ event, data, id }: { event?: string; data: string; id?: string }): string {
  const name = event === undefined ? "" : `event: ${event}\n`;
  const place = id === undefined ? "" : `id: ${id}\n`;
  return `${name}data: ${data}\n${place}\n`;
}
