import { once } from "node:events";
import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
} from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach } from "vitest";
import { createFront, type FrontOptions, type Handler } from "./front";
import type { Fault } from "./request-name";

export type Seen = { headers: IncomingHttpHeaders; body: string };
export type Reply = { status: number | undefined; headers: IncomingHttpHeaders; body: string };

export type Started = {
  server: Server;
  stop: (graceMs: number) => Promise<void>;
  /** What the handler was given, unless the test has one of its own. */
  seen: Seen[];
  faults: Fault[];
  port: number;
};

const wires = new Set<Socket>();
let stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const wire of wires) wire.destroy();
  wires.clear();
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
});

/** A front on a free port of the loopback, until the test is over. */
export async function startFront(options: Partial<FrontOptions> = {}): Promise<Started> {
  const seen: Seen[] = [];
  const faults: Fault[] = [];
  const record: Handler = async (request, response) => {
    seen.push({ headers: request.headers, body: await text(request) });
    response.end("fine");
  };
  let ids = 0;
  const front = createFront({
    publicUrl: null,
    basePath: "",
    isProduction: true,
    trustedProxies: [],
    handle: record,
    onForwarder: () => {},
    newId: () => `id-${++ids}`,
    onFault: (fault) => faults.push(fault),
    portalFrameAncestors: [],
    ...options,
  });
  front.server.listen(0, "127.0.0.1");
  await once(front.server, "listening");
  stops.push(() => front.stop(1_000));
  return { ...front, seen, faults, port: (front.server.address() as AddressInfo).port };
}

export type Call = {
  path?: string;
  headers?: Record<string, string>;
  body?: (request: ClientRequest) => void;
};

/** Asks as a program does, on a connection of its own. */
export async function call(port: number, { path = "/", headers = {}, body }: Call = {}): Promise<Reply> {
  const sent = request({
    host: "127.0.0.1",
    port,
    path,
    headers,
    method: body ? "POST" : "GET",
    agent: false,
  });
  if (body) body(sent);
  else sent.end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** A raw connection, on which whatever comes is kept. */
export type Wire = {
  socket: Socket;
  /** What came in so far. */
  received: () => string;
  /** Resolves once what came in says this. */
  says: (words: string) => Promise<void>;
  /** Resolves once the front has ended the connection, in whatever way, with all that came in. */
  closed: Promise<string>;
};

export function openWire(port: number, bytes = ""): Wire {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  wires.add(socket);
  let received = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk) => {
    received += chunk;
  });
  socket.on("error", () => {}); // a reset is an end, too
  socket.write(bytes, "latin1");
  return {
    socket,
    received: () => received,
    async says(words) {
      while (!received.includes(words)) await once(socket, "data");
    },
    closed: new Promise((resolve) => {
      for (const end of ["end", "close"]) socket.once(end, () => resolve(received));
    }),
  };
}

/** How many connections a front has. */
export const countOpen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });

export const head = (method: string, path: string, ...headers: string[]) =>
  `${[`${method} ${path} HTTP/1.1`, "Host: a", ...headers].join("\r\n")}\r\n\r\n`;
