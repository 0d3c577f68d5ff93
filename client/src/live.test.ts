import { afterEach, describe, expect, test } from "vitest";
import { createFanfareClient } from "./create-client";
import { type Answer, json, startServer } from "./server.fixture";

let close = () => {};
afterEach(() => close());

async function clientOf(...answers: Answer[]) {
  const server = await startServer(...answers);
  close = server.close;
  return { client: createFanfareClient({ url: server.url, apiKey: "fk_key" }), seen: server.seen };
}

/** Writes these pieces, then ends the connection unless it stays. */
const stream =
  (pieces: string[], { stays = false, onClose = () => {} } = {}): Answer =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.on("close", onClose);
    for (const piece of pieces) response.write(piece);
    if (!stays) response.end();
  };
const connected = (id: string) => `event: connected\ndata: {}\nid: ${id}\n\n`;
const change = (id: string, delivery: string) => `data: {"id":"${delivery}"}\nid: ${id}\n\n`;
const cursorOf = ({ url }: { url: URL }) => JSON.parse(url.searchParams.get("input") ?? "{}").lastEventId;

async function take(changes: AsyncIterable<{ delivery: { id: string } }>, count: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const { delivery } of changes) if (ids.push(delivery.id) === count) break;
  return ids;
}

describe("live deliveries", () => {
  test("come in order, however they are cut, beside pings", async () => {
    const { client, seen } = await clientOf(
      stream([
        connected("0.0"),
        'data: {"id":',
        '"a"}\nid: 1.1\n\nevent: ping\ndata: \n\n',
        change("1.2", "b"),
      ]),
    );
    expect(await take(client.live.deliveries({ webhook_id: "w1" }), 2)).toEqual(["a", "b"]);
    expect(seen[0]?.url.pathname).toBe("/api/trpc/live.deliveries");
    expect(seen[0]?.headers["x-api-key"]).toBe("fk_key");
    expect(JSON.parse(seen[0]?.url.searchParams.get("input") ?? "")).toEqual({ webhook_id: "w1" });
  });

  test("go on after the last one that came when the connection is lost", async () => {
    const { client, seen } = await clientOf(
      stream([connected("0.0"), change("1.1", "a")]),
      "reset",
      stream([change("1.2", "b")]),
    );
    expect(await take(client.live.deliveries(), 2)).toEqual(["a", "b"]);
    expect(seen.map(cursorOf)).toEqual([undefined, "1.1", "1.1"]);
  });

  test("go on where the stream began when nothing had come yet", async () => {
    const { client, seen } = await clientOf(stream([connected("7.0")]), stream([change("7.1", "a")]));
    expect(await take(client.live.deliveries(), 1)).toEqual(["a"]);
    expect(seen.map(cursorOf)).toEqual([undefined, "7.0"]);
  });

  test("go on from where another program was", async () => {
    const { client, seen } = await clientOf(stream([change("9.1", "a")]));
    expect(await take(client.live.deliveries({ after: "9.0" }), 1)).toEqual(["a"]);
    expect(seen.map(cursorOf)).toEqual(["9.0"]);
  });

  test("wait while there are too many streams", async () => {
    const full = json(
      429,
      { error: { message: "Full.", code: 0, data: { code: "TOO_MANY_REQUESTS", httpStatus: 429 } } },
      { "retry-after": "0" },
    );
    const { client, seen } = await clientOf(full, stream([change("1.1", "a")]));
    expect(await take(client.live.deliveries(), 1)).toEqual(["a"]);
    expect(seen).toHaveLength(2);
  });

  test("throw what the stream tells in place of a change", async () => {
    const shape = { message: "No such key.", code: -32_001, data: { code: "UNAUTHORIZED", httpStatus: 401 } };
    const told = `event: serialized-error\ndata: ${JSON.stringify(shape)}\n\n`;
    const { client } = await clientOf(stream([connected("0.0"), told]));
    await expect(take(client.live.deliveries(), 1)).rejects.toMatchObject({
      code: "UNAUTHORIZED",
      httpStatus: 401,
    });
  });

  test("close the connection of who leaves the loop", async () => {
    let closed = () => {};
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { client } = await clientOf(stream([change("1.1", "a")], { stays: true, onClose: () => closed() }));
    expect(await take(client.live.deliveries(), 1)).toEqual(["a"]);
    await isClosed;
  });

  test("end when the signal says so, while nothing comes", async () => {
    const { client } = await clientOf(stream([connected("0.0")], { stays: true }));
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 50);
    expect(await take(client.live.deliveries({}, { signal: cancel.signal }), 1)).toEqual([]);
  });
});
