import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { call, head, openWire, startFront } from "./front.fixture";
import { createPassOn, type PassOn } from "./pass-on";

let folder: string;
let socketPath: string;
let inner: Server | undefined;
let passOn: PassOn;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pass-on-"));
  socketPath = join(folder, "socket");
  passOn = createPassOn();
});
afterEach(() => {
  passOn.close();
  inner?.close().closeAllConnections();
  inner = undefined;
  rmSync(folder, { recursive: true });
});

/** A front, behind which that answers on the socket. */
async function startBefore(listener: RequestListener) {
  inner = createServer(listener).listen(socketPath);
  await once(inner, "listening");
  return startPassing();
}

const startPassing = () =>
  startFront({
    handle: async (request, response) => {
      if (!(await passOn(request, response, socketPath))) response.writeHead(503).end();
    },
  });

test("a request arrives as it is, and its answer with all of its headers and the front's own", async () => {
  const seen: string[] = [];
  const front = await startBefore(async (request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers["x-mine"]} ${await text(request)}`);
    response.writeHead(418, { "set-cookie": ["a=1", "b=2"], "x-theirs": "yes" }).end("tea");
  });
  const reply = await call(front.port, {
    path: "/a%2Fb?c=d",
    headers: { "x-mine": "kept" },
    body: (sent) => sent.end("hello"),
  });
  expect(seen).toEqual(["POST /a%2Fb?c=d kept hello"]);
  expect(reply).toMatchObject({
    status: 418,
    headers: { "set-cookie": ["a=1", "b=2"], "x-theirs": "yes", "x-frame-options": "DENY" },
    body: "tea",
  });
});

test("HEAD has no body, and the connection goes on", async () => {
  const front = await startBefore((_, response) => response.end("a page"));
  for (const [method, body] of [
    ["HEAD", ""],
    ["GET", "a page"],
  ]) {
    const reply = await fetch(`http://127.0.0.1:${front.port}/`, { method });
    expect([reply.status, await reply.text()]).toEqual([200, body]);
  }
});

test.each(["GET", "HEAD", "POST"])(
  "what is no body of a told length is left out of %s, and cannot be the next request",
  async (method) => {
    const seen: string[] = [];
    const front = await startBefore(async (request, response) => {
      seen.push(await text(request));
      response.end("a page");
    });
    const garbage: Error[] = [];
    inner?.on("clientError", (error) => garbage.push(error));
    const wire = openWire(front.port, head(method, "/", "Transfer-Encoding: chunked", "Connection: close"));
    wire.socket.write("5\r\nwords\r\n0\r\n\r\n");
    expect(await wire.closed).toMatch(/^HTTP\/1.1 200 /);
    expect(await call(front.port)).toMatchObject({ status: 200, body: "a page" });
    expect(seen).toEqual(["", ""]);
    expect(garbage).toEqual([]);
  },
);

test("nobody there is told, and nothing is sent", async () => {
  const front = await startPassing();
  expect(await call(front.port)).toMatchObject({ status: 503 });
});

test("an answer that breaks off breaks off here, too", async () => {
  const front = await startBefore((_, response) => {
    response.writeHead(200, { "content-length": "100" }).write("half");
    setImmediate(() => response.destroy());
  });
  await expect(call(front.port)).rejects.toThrow();
});

test("a client that goes away ends what is made for it", async () => {
  let isClosed: Promise<unknown> | undefined;
  const front = await startBefore((_, response) => {
    isClosed = once(response, "close");
    response.write("for ever");
  });
  const abort = new AbortController();
  const response = await fetch(`http://127.0.0.1:${front.port}/`, { signal: abort.signal });
  await response.body?.getReader().read();
  abort.abort();
  await expect(isClosed).resolves.toEqual([]);
});

test("for a client that has gone already nothing is asked", async () => {
  const asked: string[] = [];
  inner = createServer((request) => asked.push(request.url ?? "")).listen(socketPath);
  await once(inner, "listening");
  let isPassed: Promise<boolean> | undefined;
  const front = await startFront({
    handle: async (request, response) => {
      response.destroy();
      isPassed = passOn(request, response, socketPath);
      await isPassed;
    },
  });
  await expect(call(front.port)).rejects.toThrow();
  expect([await isPassed, asked]).toEqual([true, []]);
});
