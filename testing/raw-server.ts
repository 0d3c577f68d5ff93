import { once } from "node:events";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

export type RawServer = {
  port: number;
  /** Connections accepted so far. */
  connectionCount(): number;
  /** Resolves once no connection is open. */
  waitForNoConnection(): Promise<void>;
  close(): Promise<void>;
};

/** A server that speaks whatever `onConnection` writes, over TLS when given its options, for what no HTTP server would do. */
export async function startRawServer(options: {
  tls?: TlsOptions;
  /** On every address of the machine; else on 127.0.0.1. */
  isEverywhere?: boolean;
  onConnection: (socket: Socket) => void;
}): Promise<RawServer> {
  const { tls, isEverywhere, onConnection } = options;
  const connections = new Set<Socket>();
  const sockets = new Set<Socket>();
  let connectionCount = 0;
  let onEmpty = () => {};
  const begin = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    onConnection(socket);
  };
  const server = tls ? createTlsServer(tls, begin) : createTcpServer(begin);
  server.on("connection", (tcp: Socket) => {
    connectionCount += 1;
    connections.add(tcp);
    tcp.on("error", () => tcp.destroy());
    tcp.on("close", () => {
      connections.delete(tcp);
      if (connections.size === 0) onEmpty();
    });
  });
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  server.listen(0, isEverywhere ? undefined : "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    connectionCount: () => connectionCount,
    waitForNoConnection: async () => {
      // Only a socket that is read learns of its end.
      for (const socket of sockets) socket.resume();
      if (connections.size > 0) await new Promise<void>((resolve) => (onEmpty = resolve));
    },
    close: async () => {
      for (const tcp of connections) tcp.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Calls back each time a whole request with a Content-Length has come in. */
export function onRequest(socket: Socket, answer: (body: Buffer) => void): void {
  let received = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const bodyAt = received.indexOf("\r\n\r\n") + 4;
      if (bodyAt < 4) return;
      const length = Number(/content-length: (\d+)/i.exec(received.toString("latin1", 0, bodyAt))?.[1] ?? 0);
      if (received.length < bodyAt + length) return;
      const body = received.subarray(bodyAt, bodyAt + length);
      received = received.subarray(bodyAt + length);
      answer(body);
    }
  });
}
