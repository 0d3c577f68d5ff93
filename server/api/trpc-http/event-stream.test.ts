import { expect, test } from "vitest";
import { eventStream, serverSentEvent } from "./event-stream";

/** A stream of events that never end by themselves, and how many were asked for. */
function endless(event: string) {
  const left = new AbortController();
  let asked = 0;
  let hasEnded = false;
  async function* events() {
    try {
      for (; !left.signal.aborted; asked += 1) {
        yield event;
        await new Promise(setImmediate);
      }
    } finally {
      hasEnded = true;
    }
  }
  const body = eventStream(events(), { signal: left.signal, leave: () => left.abort() });
  return { body, abort: () => left.abort(), asked: () => asked, hasEnded: () => hasEnded };
}

async function* each(...events: string[]) {
  yield* events;
}

const nobodyLeaves = { signal: new AbortController().signal, leave() {} };

/** Until as much was asked for as will be. */
async function stillness(asked: () => number): Promise<number> {
  for (let before = -1; ; ) {
    if (asked() === before) return before;
    before = asked();
    for (let turns = 0; turns < 20; turns += 1) await new Promise(setImmediate);
  }
}

async function piecesOf(body: ReadableStream<Uint8Array>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of body) pieces.push(new TextDecoder().decode(piece));
  return pieces;
}

test("an event has a name, data and an id, or less", () => {
  expect(serverSentEvent({ data: "1" })).toBe("data: 1\n\n");
  expect(serverSentEvent({ event: "ping", data: "" })).toBe("event: ping\ndata: \n\n");
  expect(serverSentEvent({ data: "{}", id: "7.3" })).toBe("data: {}\nid: 7.3\n\n");
});

test("events that come together leave in one piece, and the stream ends with them", async () => {
  expect(await piecesOf(eventStream(each("one\n\n", "zwölf\n\n"), nobodyLeaves))).toEqual([
    "one\n\nzwölf\n\n",
  ]);
});

test("a client that does not read is waited for, and then gets all that came", async () => {
  const { body, asked, abort } = endless("x".repeat(1_024));
  const before = await stillness(asked);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(100);
  const reader = body.getReader();
  let length = 0;
  while (length < before * 1_024) length += (await reader.read()).value?.length ?? 0;
  await expect.poll(asked).toBeGreaterThan(before);
  abort();
});

test.each(["by closing the stream", "by closing the connection"])(
  "a client that leaves without having read ends the events, %s",
  async (how) => {
    const { body, asked, abort, hasEnded } = endless("x".repeat(1_024));
    await stillness(asked);
    if (how === "by closing the stream") await body.cancel();
    else abort();
    await expect.poll(hasEnded).toBe(true);
  },
);
