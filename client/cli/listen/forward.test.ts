import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { forward } from "./forward";
import { accepts, whenAccepts } from "./port";

const never = new AbortController().signal;
const taken = {
  headers: { "Content-Type": "application/json", "X-Event-Id": "an-event" },
  body: '{"name":"Zoë"}',
};
let server: Server | undefined;
afterEach(() => server?.closeAllConnections());
afterEach(() => server?.close());

async function serve(answer: RequestListener): Promise<URL> {
  server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks?from=fanfare`);
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

test("the bytes arrive as they are, with their headers and none of another's making, at the path that was chosen", async () => {
  let seen: unknown;
  const url = await serve(async (request, response) => {
    const { host: _, connection: __, ...headers } = request.headers;
    seen = { method: request.method, path: request.url, headers, body: await read(request) };
    response.setHeader("set-cookie", ["a=1", "b=2"]);
    response.writeHead(201).end("made");
  });
  expect(await forward(url, taken, never)).toMatchObject({
    kind: "response",
    status: 201,
    headers: { "set-cookie": ["a=1", "b=2"] },
    body: Buffer.from("made").toString("base64"),
    truncated: false,
  });
  expect(seen).toEqual({
    method: "POST",
    path: "/hooks?from=fanfare",
    headers: { "content-type": "application/json", "x-event-id": "an-event", "content-length": "15" },
    body: taken.body,
  });
});

test("no more of an answer is kept than Fanfare keeps", async () => {
  const url = await serve((_, response) => void response.end("x".repeat(20_000)));
  const outcome = await forward(url, taken, never);
  expect(outcome).toMatchObject({ truncated: true });
  expect(outcome.kind === "response" && Buffer.from(outcome.body, "base64").length).toBe(16_384);
});

test("a redirect is an answer, and is not followed", async () => {
  const url = await serve((_, response) => void response.writeHead(302, { location: "/elsewhere" }).end());
  expect(await forward(url, taken, never)).toMatchObject({ kind: "response", status: 302 });
});

test("where nobody listens nothing was sent", async () => {
  const url = await serve(() => {});
  server?.close();
  expect(await forward(url, taken, never)).toEqual({ kind: "not_sent" });
  expect(await accepts(url)).toBe(false);
});

test("a connection that ends without an answer may have done something", async () => {
  const url = await serve((request) => void request.socket.destroy());
  expect(await forward(url, taken, never)).toMatchObject({ kind: "error", code: "connect_reset" });
});

test("a server that is not there is waited for, and told of once", async () => {
  const url = await serve(() => {});
  server?.close();
  let told = 0;
  const waiting = whenAccepts(url, never, () => {
    told += 1;
    server = createServer().listen(Number(url.port), "127.0.0.1");
  });
  await waiting;
  expect(told).toBe(1);
});
