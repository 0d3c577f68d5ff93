import type { TLSSocket } from "node:tls";
import type { Peer } from "@/domain/delivery/outcome";
import { Patience } from "./patience";
import type { Target } from "./request-bytes";

/** Idle connections end before most servers end them (Node 5 s, nginx 75 s), or when the server says so. */
const idleMs = 4_000;
const maxIdleMs = 30_000;
const hintMarginMs = 1_000;

/** Idle connections that nobody takes are ended this much later at most. */
const sweepEveryMs = 1_000;

/** A connection is not reused for longer, so that a change in DNS is followed. */
const maxAgeMs = 60_000;

/** Idle connections of all pools together. */
const maxIdle = 512;

/** Who uses a connection hears of what comes, until it is kept or destroyed. */
export type User = {
  onBytes(bytes: Buffer): void;
  /** Nothing more comes from the other side, and the connection is about to close. */
  onEnd(): void;
  /** `error` is why, where there is more to it than its end. */
  onClosed(error: Error | null): void;
};

/** One TLS connection to a receiver: one request at a time. */
export class Connection {
  private readonly bornAt = performance.now();
  private user: User | null = null;
  private lostTo: Error | null;
  private idleSince: number | null = null;
  private idleUntil = 0;
  /** For how long it had been kept before the request that is under way; null for its first one. */
  idleMs: number | null = null;
  /** For how long it had been kept when the other side ended it; null when that has not happened. */
  leftAfterMs: number | null = null;

  /** `pool` is the webhook that alone may use it. */
  constructor(
    readonly pool: string,
    readonly target: Target,
    readonly socket: TLSSocket,
    readonly peer: Peer,
  ) {
    this.lostTo = socket.errored;
    socket.on("error", (error) => {
      this.lostTo ??= error;
      this.onLeft();
      socket.destroy();
    });
    // What comes without a request is nobody's.
    socket.on("data", (bytes: Buffer) => (this.user ? this.user.onBytes(bytes) : this.destroy()));
    socket.on("end", () => {
      this.user?.onEnd();
      this.onLeft();
      socket.destroy();
    });
    socket.on("close", () => this.user?.onClosed(this.lostTo));
  }

  /** Writes a request; `user` has the connection from now on. */
  use(user: User, request: Buffer): void {
    this.idleMs = this.idleSince === null ? null : performance.now() - this.idleSince;
    this.idleSince = null;
    if (this.socket.destroyed) {
      user.onClosed(this.lostTo);
      return;
    }
    this.user = user;
    this.socket.write(request);
  }

  /** The request has been answered; `hintMs` is how long the other side says it keeps an idle connection. */
  keep(hintMs: number | null): void {
    this.user = null;
    const forMs = hintMs === null ? idleMs : Math.min(hintMs - hintMarginMs, maxIdleMs);
    this.idleSince = performance.now();
    if (forMs > 0) this.idleUntil = this.idleSince + forMs;
    else this.destroy();
  }

  /** It is to be kept no longer than that, in milliseconds, unless it is null. */
  keepAtMost(maxMs: number | null): void {
    if (maxMs !== null && this.idleSince !== null)
      this.idleUntil = Math.min(this.idleUntil, this.idleSince + maxMs);
  }

  private onLeft(): void {
    if (this.idleSince !== null) this.leftAfterMs ??= performance.now() - this.idleSince;
  }

  isIdle(): boolean {
    if (this.socket.destroyed) return false;
    const now = performance.now();
    return now < this.idleUntil && now - this.bornAt < maxAgeMs;
  }

  /**
   * Whether a request may follow. To be asked only now: an answer may come before the whole request has gone out, and
   * nearly always comes before Node tells of that, for which it waits until the end of a turn of the event loop.
   */
  isReusable(): boolean {
    return this.isIdle() && this.socket.writableLength === 0;
  }

  /** Whoever uses it hears of nothing more. */
  destroy(): void {
    this.user = null;
    this.socket.destroy();
  }
}

/** Keeps connections between requests. Nothing is shared between pools, and so between customers. */
export class Connections {
  private readonly idleByPool = new Map<string, Connection[]>();
  /** In the order in which they became idle. */
  private readonly idle = new Set<Connection>();
  private readonly patience = new Patience();
  private sweepTimer: NodeJS.Timeout | null = null;
  private isClosed = false;

  /** A new connection, in use. */
  open(pool: string, target: Target, socket: TLSSocket, peer: Peer): Connection {
    const connection = new Connection(pool, target, socket, peer);
    socket.once("close", () => {
      if (connection.leftAfterMs !== null)
        this.patience.learn(receiverOf(connection), connection.leftAfterMs);
      this.remove(connection);
    });
    return connection;
  }

  /** A kept connection turned out to be closed when it was used. */
  wasStale(connection: Connection): void {
    this.patience.learn(receiverOf(connection), connection.idleMs ?? 0);
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
    if (!this.patience.isEmpty) connection.keepAtMost(this.patience.with(receiverOf(connection)));
    if (this.isClosed || !connection.isIdle()) {
      connection.destroy();
      return;
    }
    const ofPool = this.idleByPool.get(connection.pool);
    if (ofPool) ofPool.push(connection);
    else this.idleByPool.set(connection.pool, [connection]);
    this.idle.add(connection);
    this.sweepTimer ??= setTimeout(() => this.sweep(), sweepEveryMs).unref();
    const [oldest] = this.idle.size > maxIdle ? this.idle : [];
    if (!oldest) return;
    this.remove(oldest);
    oldest.destroy();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.sweepTimer ?? undefined);
    for (const connection of this.idle) connection.destroy();
    this.idle.clear();
    this.idleByPool.clear();
  }

  /** Ends what has been idle for too long. */
  private sweep(): void {
    this.sweepTimer = null;
    for (const connection of this.idle) if (!connection.isIdle()) connection.destroy();
    if (this.idle.size > 0) this.sweepTimer = setTimeout(() => this.sweep(), sweepEveryMs).unref();
  }

  private remove(connection: Connection): void {
    const ofPool = this.idleByPool.get(connection.pool);
    if (!this.idle.delete(connection) || !ofPool) return;
    if (ofPool.at(-1) === connection) ofPool.pop();
    else ofPool.splice(ofPool.indexOf(connection), 1);
    if (ofPool.length === 0) this.idleByPool.delete(connection.pool);
  }
}

/** Apart for each pool: what one customer's receiver does slows nobody else's. */
const receiverOf = ({ pool, target }: Connection) => `${pool} ${target.url}`;
