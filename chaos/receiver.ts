import { createHash } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Certificate } from "@/testing/certificates";

/** How many times a webhook answered 200 to an event, and whether the body was always the same. */
export type Receipts = Map<string, { count: number; digest: string; isChanged: boolean }>;

export const receiptKey = (eventId: string, webhookId: string) => `${eventId} ${webhookId}`;

export type ChaosReceiver = {
  port: number;
  receipts: Receipts;
  /** Requests that are being answered now. */
  inFlight(): number;
  /** Resolves with the time of the next request on a connection that is made after now. */
  nextNewcomer(): Promise<number>;
  /** Resets every connection, whatever is under way, and listens no longer. */
  drop(): Promise<void>;
  /** Listens again on the same port. */
  listen(): Promise<void>;
};

/** Takes this long over an answer, so that kills find requests in flight. */
const answerMs = 10;
/** One in this many events is refused at first, so that retries are part of the load. */
const refusedOneIn = 40;

/** An HTTPS receiver that counts what it has acknowledged, on a loopback port. */
export async function startChaosReceiver(tls: Certificate): Promise<ChaosReceiver> {
  const receipts: Receipts = new Map();
  const refused = new Set<string>();
  const sockets = new Set<Socket>();
  let underWay = 0;
  let port = 0;
  let newcomers: { since: number; resolve: (at: number) => void }[] = [];
  const connectedAt = new WeakMap<object, number>();

  let server = open();
  await listen();
  return {
    get port() {
      return port;
    },
    receipts,
    inFlight: () => underWay,
    nextNewcomer: () => new Promise((resolve) => newcomers.push({ since: performance.now(), resolve })),
    async drop() {
      server.close();
      for (const socket of sockets) socket.resetAndDestroy();
      await once(server, "close");
    },
    async listen() {
      server = open();
      await listen();
    },
  };

  function open() {
    const made = createServer({ ...tls, keepAliveTimeout: 60_000 }, (request, response) => {
      void answer(request, response);
    });
    made.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    });
    made.on("secureConnection", (socket) => {
      connectedAt.set(socket, performance.now());
      socket.on("error", () => socket.destroy());
    });
    return made;
  }

  async function listen(): Promise<void> {
    server.listen({ port, host: "127.0.0.1" });
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    underWay += 1;
    response.on("close", () => {
      underWay -= 1;
    });
    announce(request.socket);
    const digest = createHash("sha256");
    try {
      for await (const chunk of request) digest.update(chunk);
    } catch {
      return; // the sender died in the middle of it
    }
    const key = receiptKey(String(request.headers["x-event-id"]), String(request.headers["x-webhook-id"]));
    setTimeout(() => end(key, digest.digest("hex"), response), answerMs);
  }

  function end(key: string, digest: string, response: ServerResponse): void {
    if (response.destroyed) return;
    if (isRefused(key)) {
      response.writeHead(503).end();
      return;
    }
    const before = receipts.get(key);
    const isChanged = before !== undefined && (before.isChanged || before.digest !== digest);
    receipts.set(key, { count: (before?.count ?? 0) + 1, digest, isChanged });
    response.writeHead(200).end();
  }

  function isRefused(key: string): boolean {
    if (refused.has(key) || receipts.has(key) || Math.random() * refusedOneIn >= 1) return false;
    refused.add(key);
    return true;
  }

  function announce(socket: object): void {
    const since = connectedAt.get(socket) ?? 0;
    for (const newcomer of newcomers) if (since > newcomer.since) newcomer.resolve(performance.now());
    newcomers = newcomers.filter((newcomer) => since <= newcomer.since);
  }
}
