import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Certificate } from "./certificates";

/** What a proxy does with one request: lets it through, or answers otherwise and ends. */
export type Verdict = "pass" | "hang" | { status: number; headers?: Record<string, string> };

export type ConnectProxy = {
  port: number;
  /** What it was asked for so far: `192.0.2.1:443`, and its Proxy-Authorization. */
  asked: { authority: string; authorization: string | undefined }[];
  /** Tunnels that are open. */
  openCount(): number;
  close(): Promise<void>;
};

/** An HTTP proxy on a loopback port, over TLS when given a certificate, that knows CONNECT and nothing else. */
export async function startConnectProxy(
  judge: (authority: string) => Verdict = () => "pass",
  tls?: Certificate,
): Promise<ConnectProxy> {
  const asked: ConnectProxy["asked"] = [];
  const sockets = new Set<Socket>();
  const server = tls ? createTlsServer(tls) : createServer();
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    const authority = request.url ?? "";
    asked.push({ authority, authorization: request.headers["proxy-authorization"] });
    sockets.add(client);
    client.on("close", () => sockets.delete(client)).on("error", () => client.destroy());
    const verdict = judge(authority);
    if (verdict === "hang") return;
    if (verdict === "pass") pass(authority, client);
    else client.end(answer(verdict));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    openCount: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(authority: string, client: Socket): void {
  const { hostname, port } = new URL(`http://${authority}`);
  const target = connect({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 80) });
  target.once("connect", () => {
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    client.pipe(target).pipe(client);
  });
  target.on("error", () => client.end(answer({ status: 502 })));
  target.on("close", () => client.destroy());
  client.on("close", () => target.destroy());
}

function answer({ status, headers = {} }: Exclude<Verdict, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} No\r\n${lines.join("")}content-length: 2\r\n\r\nno`;
}
