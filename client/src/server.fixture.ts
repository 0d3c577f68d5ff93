import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Seen = { method: string; url: URL; headers: IncomingMessage["headers"]; body: string };

/** Answers one request; `reset` ends its connection without an answer. */
export type Answer = "reset" | ((response: ServerResponse) => void);

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };

export const result = (data: unknown) => json(200, { result: { data } });

/** A server that gives these answers in turn, and keeps what it was asked. */
export async function startServer(...answers: Answer[]) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "", url = "/", headers } = request;
    seen.push({ method, url: new URL(url, "http://localhost"), headers, body });
    const answer = answers.shift() ?? result(null);
    if (answer === "reset") request.socket.destroy();
    else answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close };
}
