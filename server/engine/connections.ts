import type { TLSSocket } from "node:tls";
import { Client } from "undici";
import type { Peer } from "@/domain/delivery/outcome";
import { responseLimits } from "@/domain/limits";
import { ResponseGate } from "./response-gate";

/** Idle connections end before most servers end them (Node 5 s, nginx 75 s), or when the server says so. */
const idleMs = 4_000;
const maxIdleMs = 30_000;
const hintMarginMs = 1_000;

/** A connection is not reused for longer, so that a change in DNS is followed. */
const maxAgeMs = 60_000;

/** Idle connections of all pools together. */
const maxIdle = 512;

/** The head of an answer: status line, interim answers and headers. Node's own client takes 16 KiB. */
export const { headBytes: maxHeadBytes } = responseLimits;

/** Where a connection leads: a webhook's URL as it is written, and its parts. */
export type Target = { url: string; origin: string; path: string };

/**
 * One TLS connection to a receiver, with the HTTP/1.1 client that speaks on it: one request at a time. Not undici's
 * own pool: that dials by itself, while here the address was judged before, each phase has an outcome of its own
 * under one deadline, and the idle connections of all receivers together are bounded.
 */
export class Connection {
  readonly client: Client;
  private readonly bornAt = performance.now();
  /** Called as bytes come in, after the client has read them. */
  onBytes: (() => void) | null = null;
  /** Why the connection was lost. undici forgets a TLS alert when the end of the stream follows it. */
  lostTo: Error | null = null;
  readonly gate: ResponseGate;

  /** `pool` is the webhook that alone may use it. */
  constructor(
    readonly pool: string,
    readonly target: Target,
    readonly socket: TLSSocket,
    readonly peer: Peer,
  ) {
    this.gate = new ResponseGate(socket);
    socket.on("error", (error) => {
      this.lostTo ??= error;
      socket.destroy();
    });
    this.client = new Client(target.origin, {
      connect: handOver(socket),
      pipelining: 1,
      maxHeaderSize: maxHeadBytes,
      // The attempt's own deadline is over everything.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: idleMs,
      keepAliveMaxTimeout: maxIdleMs,
      keepAliveTimeoutThreshold: hintMarginMs,
    });
    // The client listens to its socket by then, and so is called first.
    this.client.once("connect", () => socket.on("readable", () => this.onBytes?.()));
  }

  isReusable(): boolean {
    return !this.socket.destroyed && performance.now() - this.bornAt < maxAgeMs;
  }

  destroy(): void {
    this.onBytes = null;
    void this.client.destroy();
    // A client that was never given its socket does not end it.
    this.socket.destroy();
  }
}

/** A connector that has one socket to give: a client whose connection is over must not make another. */
function handOver(socket: TLSSocket): NonNullable<Client.Options["connect"]> {
  let isGiven = false;
  return (_options, callback) => {
    queueMicrotask(() => {
      if (isGiven) return callback(connectionOver(), null);
      isGiven = true;
      callback(null, socket);
    });
  };
}

const connectionOver = () => Object.assign(new Error("The connection is over."), { code: "ECONNRESET" });

/** Keeps connections between requests. Nothing is shared between pools, and so between customers. */
export class Connections {
  private readonly idleByPool = new Map<string, Connection[]>();
  /** In the order in which they became idle. */
  private readonly idle = new Set<Connection>();
  private isClosed = false;

  /** A new connection, in use. */
  open(pool: string, target: Target, socket: TLSSocket, peer: Peer): Connection {
    const connection = new Connection(pool, target, socket, peer);
    socket.once("close", () => this.remove(connection));
    return connection;
  }

  /** The connection of the pool that was used last and was opened for this URL, if any. */
  take(pool: string, url: string): Connection | null {
    for (;;) {
      const connection = this.idleByPool.get(pool)?.at(-1);
      if (!connection) return null;
      this.remove(connection);
      if (connection.target.url === url && connection.isReusable()) return connection;
      connection.destroy();
    }
  }

  /** Keeps a connection whose request has ended, or ends it too. */
  give(connection: Connection): void {
    if (this.isClosed || !connection.isReusable()) {
      connection.destroy();
      return;
    }
    const ofPool = this.idleByPool.get(connection.pool);
    if (ofPool) ofPool.push(connection);
    else this.idleByPool.set(connection.pool, [connection]);
    this.idle.add(connection);
    const [oldest] = this.idle.size > maxIdle ? this.idle : [];
    if (!oldest) return;
    this.remove(oldest);
    oldest.destroy();
  }

  close(): void {
    this.isClosed = true;
    for (const connection of this.idle) connection.destroy();
    this.idle.clear();
    this.idleByPool.clear();
  }

  private remove(connection: Connection): void {
    const ofPool = this.idleByPool.get(connection.pool);
    if (!this.idle.delete(connection) || !ofPool) return;
    ofPool.splice(ofPool.indexOf(connection), 1);
    if (ofPool.length === 0) this.idleByPool.delete(connection.pool);
  }
}
