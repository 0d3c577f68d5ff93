import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Gateway = {
  /** The address under which people find what is behind it. */
  url: string;
  /** What is behind it, once that is known: `http://host:port`. */
  leadTo(target: string): void;
  /** Whether it takes the path off, and names the target as the host, or passes both on. */
  takeOff(isPathTaken: boolean): void;
  /** Paths that were asked for beside its own, and so belong to somebody else. */
  strays: string[];
  close(): Promise<void>;
};

/** A proxy on a loopback port, which leads to another server by one path, such as `/fanfare`. */
export async function startGateway(path: string): Promise<Gateway> {
  const strays: string[] = [];
  let target = "";
  let isPathTaken = false;
  const server = createServer((incoming, outgoing) => {
    const { url = "" } = incoming;
    if (!url.startsWith(path)) {
      strays.push(url);
      return void outgoing.writeHead(404).end();
    }
    const taken = { path: url.slice(path.length) || "/", headers: { host: new URL(target).host } };
    passOn(incoming, outgoing, target, isPathTaken ? taken : { path: url, headers: {} });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    leadTo: (to) => {
      target = to;
    },
    takeOff: (isTaken) => {
      isPathTaken = isTaken;
    },
    strays,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

type Changes = { path: string; headers: Record<string, string> };

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, target: string, changes: Changes): void {
  const { method, headers } = incoming;
  const further = request(target, {
    method,
    path: changes.path,
    headers: { ...headers, ...changes.headers },
  });
  further.on("response", (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
    answer.pipe(outgoing);
    answer.on("error", () => outgoing.destroy());
  });
  further.on("error", () => outgoing.destroy());
  outgoing.on("close", () => further.destroy());
  incoming.pipe(further);
}
