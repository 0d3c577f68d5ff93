import { once } from "node:events";
import { createTRPCUntypedClient, httpBatchLink } from "@trpc/client";
import { describe, expect, test } from "vitest";
import type { Handler } from "./front";
import { countOpen, head, openWire, startFront } from "./front.fixture";

const mebibyte = 1024 * 1024;
const chunked = "Transfer-Encoding: chunked";
const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;

/** The status and the JSON body of an answer as it came over the wire. */
function parse(answer: string): { status: number; body: { error: string; code: string } } {
  const [top = "", body = ""] = answer.split("\r\n\r\n");
  return { status: Number(top.split(" ")[1]), body: JSON.parse(body) };
}

/** Refuses everybody without a look at the body, as the API does who has no key. */
const nobody: Handler = async (_, response) => {
  response.writeHead(401, { "content-length": 2 }).end("no");
};

/** Goes on sending until the other side has had enough; answers how many bytes it took. */
async function pour(wire: ReturnType<typeof openWire>, bytes: string): Promise<number> {
  const { socket } = wire;
  let isOver = false;
  socket.once("close", () => {
    isOver = true;
  });
  while (!isOver) {
    if (!socket.write(bytes))
      await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => {});
  }
  return socket.bytesWritten;
}

describe("a body that nobody wants", () => {
  test("is taken within bounds, for its sender to read the answer, and the connection ends", async () => {
    const { port, server } = await startFront({ handle: nobody, limits: { unwantedBytes: mebibyte } });
    const wire = openWire(port, head("POST", "/events", chunked));
    await wire.says("401");
    expect(await pour(wire, chunk)).toBeGreaterThan(mebibyte);
    expect(wire.received()).toContain("\r\n\r\nno");
    expect(await countOpen(server)).toBe(0);
  });

  test("is waited for within bounds", async () => {
    const { port, server } = await startFront({ handle: nobody, limits: { unwantedMs: 20 } });
    const wires = [
      openWire(port, head("POST", "/events", "Content-Length: 1000")),
      openWire(port, head("POST", "/events", "Content-Length: 1000", "Connection: close")),
      openWire(port, head("POST", "/webhooks", "Content-Length: 1000000")),
      openWire(port, `${head("POST", "/events", chunked)}${chunk}`),
    ];
    const answers = await Promise.all(wires.map((wire) => wire.closed));
    expect(answers.map((answer) => answer.slice(9, 12))).toEqual(["401", "401", "413", "401"]);
    expect(await countOpen(server)).toBe(0);
  });

  test("leaves its connection to the next request when it ends in time", async () => {
    const { port } = await startFront({ handle: nobody });
    const wire = openWire(port, head("POST", "/events", chunked));
    await wire.says("no");
    wire.socket.write(`${chunk}0\r\n\r\n${head("GET", "/second")}`);
    await wire.says("no");
    while (wire.received().split("401").length < 3) await once(wire.socket, "data");
    expect(wire.socket.writable).toBe(true);
  });

  test("ends with its connection when the client asked for that, and not before", async () => {
    const { port, server } = await startFront({ handle: nobody });
    const wire = openWire(port, head("POST", "/events", "Content-Length: 1000000", "Connection: close"));
    await wire.says("no");
    wire.socket.write("x".repeat(1_000_000));
    expect(await wire.closed).toContain("401");
    while ((await countOpen(server)) > 0) await new Promise(setImmediate);
  });

  test("is not asked for", async () => {
    const { port } = await startFront({ handle: nobody });
    const answer = await openWire(port, head("POST", "/events", "Content-Length: 9", "Expect: 100-continue"))
      .closed;
    expect(answer).toMatch(/^HTTP\/1.1 401 .*connection: close/is);
  });
});

test("a body that nobody has read yet is not taken in", async () => {
  const { port, server } = await startFront({ handle: () => new Promise(() => {}) });
  const wire = openWire(port);
  const [peer] = await once(server, "connection");
  wire.socket.write(head("POST", "/events", chunked) + chunk.repeat(64));
  // Every answer is a round of the loop in which the body could have been read.
  for (let round = 0; round < 50; round += 1) await openWire(port, "nonsense\r\n\r\n").closed;
  expect(peer.bytesRead).toBeGreaterThan(0);
  expect(peer.bytesRead).toBeLessThan(mebibyte / 4);
});

describe("what is not HTTP", () => {
  const twice = "The request says its length more than once.";
  test.each([
    ["another version", "GET / HTTP/9.9\r\n\r\n", /first line does not end with HTTP\/1.1/],
    ["TLS", "\x16\x03\x01\x02\x00\x01", /does not begin with a method.* plain HTTP/],
    ["a method nobody knows", "BREW / HTTP/1.1\r\n\r\n", /method that is known here/],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", /not HTTP\/2/],
    ["a target that is no path", head("GET", "events"), /neither a path nor a URL/],
    ["a header without a colon", head("GET", "/", "nonsense"), /not a name, a colon, and a value/],
    ["one length twice", head("POST", "/", "Content-Length: 2", "Content-Length: 2"), twice],
    ["two lengths", head("POST", "/", "Content-Length: 2", "Content-Length: 3"), twice],
    ["a length in words", head("POST", "/", "Content-Length: two"), /not one whole number/],
    ["a length of chunks", head("POST", "/", chunked, "Content-Length: 2"), /or stands beside/],
    ["chunks of a length", head("POST", "/", "Content-Length: 2", chunked), /without Content-Length/],
    ["chunks twice", head("POST", "/", chunked, chunked), /chunked alone, once/],
    ["a chunk of no size", `${head("POST", "/", chunked)}zz\r\n`, /chunk.* not a hexadecimal number/],
    ["no host", "GET / HTTP/1.1\r\n\r\n", /no Host header/],
    ["two hosts", head("GET", "/", "Host: other.example"), /more than one Host header/],
  ])("as %s, is told what is wrong with it, and its connection ends", async (_, bytes, words) => {
    const { port, server } = await startFront({ limits: { lingerMs: 20, unwantedMs: 20 } });
    const answer = await openWire(port, bytes).closed;
    expect(answer).toMatch(/\r\nX-Request-Id: \S+\r\n/i);
    const { status, body } = parse(answer);
    expect([status, body.code]).toEqual([400, "bad_request"]);
    expect(body.error).toMatch(words);
    while ((await countOpen(server)) > 0) await new Promise(setImmediate);
  });

  test("because it is not complete, is told so", async () => {
    const { port } = await startFront();
    const wire = openWire(port);
    wire.socket.end("GET / HTT");
    expect(parse(await wire.closed).body.error).toBe("The request ended before it was complete.");
  });

  test.each([
    ["its address", `/${"x".repeat(20_000)}`, "", 414, "uri_too_long"],
    ["its headers", "/", `X-Long: ${"x".repeat(20_000)}`, 431, "headers_too_large"],
    ["far more than is read", `/${"x".repeat(70_000)}`, "", 431, "headers_too_large"],
  ])("because %s is too long, is told so", async (_, path, header, status, code) => {
    const { port } = await startFront();
    const headers = ["Connection: close", ...(header ? [header] : [])];
    const answer = parse(await openWire(port, head("GET", path, ...headers)).closed);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.error).toContain("larger than 16 KiB");
  });

  test("because its address is too long, is told so as tRPC's client reads it", async () => {
    const { port, seen } = await startFront();
    const client = createTRPCUntypedClient({
      links: [httpBatchLink({ url: `http://127.0.0.1:${port}/api/trpc` })],
    });
    const texts = Array.from({ length: 5 }, (_, n) => `${n}${"x".repeat(4_000)}`);
    const answers = await Promise.allSettled(texts.map((text) => client.query("events.list", { text })));
    for (const answer of answers) {
      expect(answer).toMatchObject({
        reason: { message: expect.stringContaining("methodOverride"), data: { httpStatus: 414 } },
      });
    }
    await expect(client.query("events.list", { text: "x".repeat(40_000) })).rejects.toThrow(
      "Unable to transform response from server",
    );
    expect(seen).toEqual([]);
  });

  test("is not answered after a request that was to be the last", async () => {
    const { port } = await startFront({ handle: nobody });
    const bytes = `${head("GET", "/", "Connection: close")}${head("GET", "/second")}`;
    const answer = await openWire(port, bytes).closed;
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
    expect(answer).toMatch(/\r\n\r\nno$/);
  });

  test("does not take the place of an answer that is due", async () => {
    let answer = () => {};
    const { port, server } = await startFront({
      handle: (_, response) =>
        new Promise((resolve) => {
          answer = () => resolve(void response.end("fine"));
        }),
    });
    const failed = once(server, "clientError");
    const wire = openWire(port, `${head("GET", "/")}nonsense\r\n\r\n`);
    await failed;
    answer();
    expect(await wire.closed).toMatch(/^HTTP\/1.1 200 OK\r\n.*\r\n\r\nfine$/s);
  });
});

describe("a client that takes its time", () => {
  const limits = { headersMs: 50, requestMs: 50, checkMs: 10, lingerMs: 20 };

  test.each([
    ["with its headers", "GET / HTTP/1.1\r\nHost: a\r\n"],
    ["with everything", ""],
    ["with its body", `${head("POST", "/events", chunked)}${chunk}`],
  ])("%s is told so, and its connection ends", async (_, bytes) => {
    const { port, server } = await startFront({ limits });
    expect(parse(await openWire(port, bytes).closed)).toEqual({
      status: 408,
      body: { error: "The request took too long to arrive.", code: "request_timeout" },
    });
    while ((await countOpen(server)) > 0) await new Promise(setImmediate);
  });

  test("when it was answered already is not answered again", async () => {
    const { port } = await startFront({ limits, handle: nobody });
    const answer = await openWire(port, head("POST", "/events", chunked)).closed;
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
  });
});

describe("a request that asks for more than an answer", () => {
  test("as an upgrade gets an ordinary answer", async () => {
    const { port } = await startFront();
    const wire = openWire(port, head("GET", "/", "Connection: Upgrade", "Upgrade: websocket"));
    await wire.says("fine");
    expect(wire.received()).toMatch(/^HTTP\/1.1 200 /);
  });

  test("as a tunnel gets none", async () => {
    const { port } = await startFront();
    expect(await openWire(port, head("CONNECT", "elsewhere.example:443")).closed).toBe("");
  });

  test("as an expectation that is not known is refused", async () => {
    const { port } = await startFront();
    const wire = openWire(port, head("GET", "/", "Expect: miracles"));
    await wire.says("100-continue.");
    expect(parse(wire.received())).toMatchObject({ status: 417, body: { code: "bad_expectation" } });
  });
});
