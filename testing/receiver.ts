import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Certificate } from "./certificates";

/** One request as it came in: `body` is the exact bytes, `rawHeaders` names and values as written. */
export type ReceivedRequest = {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  rawHeaders: [name: string, value: string][];
  body: Buffer;
  receivedAt: number;
  /** Which connection brought it: equal numbers mean a kept-alive one. */
  connection: number;
};

/** How to answer one request. `socket` takes the connection over and may do anything with it. */
export type Answer =
  | { status?: number; headers?: OutgoingHttpHeaders; body?: string | Uint8Array; delayMs?: number }
  | "hang"
  | "reset"
  | { socket: (socket: TLSSocket, request: ReceivedRequest) => void };

export type Script = Answer | ((request: ReceivedRequest, index: number) => Answer | Promise<Answer>);

export type Receiver = {
  /** `https://localhost:<port>` */
  url: string;
  port: number;
  /** Every request so far, oldest first. */
  requests: ReceivedRequest[];
  /** The answers of the next requests, in turn; then the script answers again. */
  answerNext(...answers: Answer[]): void;
  /** The answer of every request from now on. */
  answerAlways(script: Script): void;
  /** Resolves with the first `count` requests that fit, as soon as they have come in. */
  waitFor(count: number, fits?: (request: ReceivedRequest) => boolean): Promise<ReceivedRequest[]>;
  /** TCP connections accepted so far. */
  connectionCount(): number;
  /** Resolves once no connection is open. */
  waitForNoConnection(): Promise<void>;
  /** Drops connections and waiting answers, and stops listening. */
  close(): Promise<void>;
};

/** A scripted HTTPS receiver on a loopback port. Answers 200 to everything unless the script says otherwise. */
export async function startReceiver(options: {
  tls: Certificate;
  script?: Script;
  port?: number;
  host?: string;
}): Promise<Receiver> {
  const { tls, port = 0, host = "127.0.0.1" } = options;
  let script: Script = options.script ?? { status: 200 };
  const nextAnswers: Answer[] = [];
  const requests: ReceivedRequest[] = [];
  /** Open TCP connections by the sender's port, which ties them to the TLS socket on top. */
  const connections = new Map<number | undefined, { number: number; tcp: Socket }>();
  const timers = new Set<NodeJS.Timeout>();
  let waiters: (() => boolean)[] = [];
  let connectionCount = 0;

  const wakeWaiters = () => {
    waiters = waiters.filter((isDone) => !isDone());
  };
  const waitUntil = (isTrue: () => boolean) =>
    new Promise<void>((resolve) => {
      const isDone = () => {
        if (isTrue()) resolve();
        return isTrue();
      };
      if (!isDone()) waiters.push(isDone);
    });

  const server = createServer({ ...tls, keepAliveTimeout: 60_000 }, async (incoming, response) => {
    const socket = incoming.socket as TLSSocket;
    const connection = connections.get(socket.remotePort);
    const request = await readRequest(incoming, connection?.number ?? 0);
    if (!request) return;
    requests.push(request);
    wakeWaiters();
    const next = nextAnswers.shift();
    const answer =
      next ?? (typeof script === "function" ? await script(request, requests.length - 1) : script);
    if (answer === "hang") return;
    if (answer === "reset") return void connection?.tcp.resetAndDestroy();
    if ("socket" in answer) return answer.socket(socket, request);
    if (!answer.delayMs) return writeAnswer(response, answer);
    const timer = setTimeout(() => {
      timers.delete(timer);
      writeAnswer(response, answer);
    }, answer.delayMs);
    timers.add(timer);
  });
  server.on("connection", (tcp: Socket) => {
    connectionCount += 1;
    const { remotePort } = tcp;
    connections.set(remotePort, { number: connectionCount, tcp });
    tcp.on("close", () => {
      connections.delete(remotePort);
      wakeWaiters();
    });
  });
  server.on("secureConnection", (socket: TLSSocket) => {
    // A sender that resets its connection is part of the tests.
    socket.on("error", () => socket.destroy());
  });
  server.on("tlsClientError", () => {});
  server.listen(port, host);
  await once(server, "listening");
  const boundPort = (server.address() as AddressInfo).port;

  return {
    url: `https://localhost:${boundPort}`,
    port: boundPort,
    requests,
    answerNext: (...answers) => void nextAnswers.push(...answers),
    answerAlways: (answer) => {
      script = answer;
    },
    waitFor: async (count, fits = () => true) => {
      const fitting = () => requests.filter(fits);
      await waitUntil(() => fitting().length >= count);
      return fitting().slice(0, count);
    },
    connectionCount: () => connectionCount,
    waitForNoConnection: () => waitUntil(() => connections.size === 0),
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const { tcp } of connections.values()) tcp.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What the libraries of Standard Webhooks ask for. */
export const standardHeaders = ({ headers }: ReceivedRequest) => ({
  "webhook-id": String(headers["webhook-id"]),
  "webhook-timestamp": String(headers["webhook-timestamp"]),
  "webhook-signature": String(headers["webhook-signature"]),
});

/** The request with its whole body, or null when the sender went away in the middle of it. */
async function readRequest(incoming: IncomingMessage, connection: number): Promise<ReceivedRequest | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  const rawHeaders: [string, string][] = [];
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    rawHeaders.push([incoming.rawHeaders[i] ?? "", incoming.rawHeaders[i + 1] ?? ""]);
  }
  return {
    method: incoming.method ?? "",
    url: incoming.url ?? "",
    headers: incoming.headers,
    rawHeaders,
    body: Buffer.concat(chunks),
    receivedAt: Date.now(),
    connection,
  };
}

function writeAnswer(response: ServerResponse, answer: Exclude<Answer, string | { socket: unknown }>): void {
  response.writeHead(answer.status ?? 200, answer.headers ?? {});
  response.end(answer.body);
}
