import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** The way from the product to a server, over TCP, on which things happen that happen on networks. */
export type Way = {
  port: number;
  /** From now on connections lead to this socket; those that there are stay. */
  leadTo(socket: string): void;
  /** Resets the connections that are picked. */
  cut(isPicked: () => boolean): void;
  /** Passes nothing on, in either direction, until the answer is called; takes connections meanwhile. */
  stall(): () => void;
  close(): Promise<void>;
};

type Pair = [client: Socket, server: Socket];

export async function openWay(to: string): Promise<Way> {
  const pairs = new Set<Pair>();
  let target = to;
  let isStalled = false;
  const listener = createServer((client) => {
    const server = connect(target);
    const pair: Pair = [client, server];
    pairs.add(pair);
    for (const [socket, other] of [pair, [server, client]] as const) {
      socket.setNoDelay?.(true);
      socket.on("error", () => {}); // its end comes too
      socket.on("close", () => {
        pairs.delete(pair);
        other.destroy();
      });
    }
    if (isStalled) hold(pair);
    else passOn(pair);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return {
    port: (listener.address() as AddressInfo).port,
    leadTo(socket) {
      target = socket;
    },
    cut(isPicked) {
      for (const [client, server] of [...pairs].filter(isPicked)) {
        client.resetAndDestroy();
        server.destroy();
      }
    },
    stall() {
      isStalled = true;
      for (const pair of pairs) hold(pair);
      return () => {
        isStalled = false;
        for (const pair of pairs) passOn(pair);
      };
    },
    async close() {
      listener.close();
      for (const [client] of pairs) client.destroy();
      await once(listener, "close");
    },
  };
}

function hold([client, server]: Pair): void {
  for (const socket of [client, server]) socket.unpipe().pause();
}

function passOn([client, server]: Pair): void {
  client.pipe(server);
  server.pipe(client);
}
