import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { type Authority, type Certificate, expired } from "@/testing/certificates";
import { agentPath, type Behaviour, behaviours, type DemoWebhook } from "./behaviours";

export type Endpoints = {
  webhooks: DemoWebhook[];
  /** Where an agent takes its events. */
  callback: string;
  close(): Promise<void>;
};

/** Starts the customer's own servers, on loopback, and tells what leads to them. */
export async function startEndpoints(authority: Authority): Promise<Endpoints> {
  const server = await listen(await authority.issue());
  const expiredServer = await listen(await authority.issue(expired()));
  const origin = (of: Server) => `https://localhost:${(of.address() as AddressInfo).port}`;
  const webhooks = Object.entries(behaviours).flatMap(([path, { webhook, hasExpiredCertificate }]) =>
    webhook ? { ...webhook, webhook_url: origin(hasExpiredCertificate ? expiredServer : server) + path } : [],
  );
  return {
    webhooks,
    callback: origin(server) + agentPath,
    async close() {
      for (const each of [server, expiredServer]) {
        each.closeAllConnections();
        each.close();
        await once(each, "close");
      }
    },
  };
}

async function listen(tls: Certificate): Promise<Server> {
  const server = createServer(tls, async (request, response) => {
    const behaviour = behaviours[request.url ?? ""] ?? nothingHere;
    const answer = behaviour.answer(await text(request).catch(() => "{}"));
    await pause(answer.afterMs ?? 5);
    if (answer.isReset) return void request.socket.destroy();
    response.writeHead(answer.status, {
      server: "nginx",
      "content-type": "application/json",
      ...answer.headers,
    });
    response.end(answer.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

const nothingHere: Behaviour = { answer: () => ({ status: 404, body: '{"error":"no such route"}' }) };
