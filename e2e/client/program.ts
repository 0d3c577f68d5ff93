import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createFanfareClient, verifyWebhook, type WebhookEvent } from "fanfare-client";

// What a program of a customer's does, with nothing but the package: the test of it runs it in an empty folder.
const {
  URL: url = "",
  KEY = "",
  PLATFORM_KEY = "",
  CUSTOMER_ID = "",
  CERT = "",
  CERT_KEY = "",
} = process.env;
const secret = "a secret of the customer's own";
const fanfare = createFanfareClient({ url, apiKey: KEY });
const platform = createFanfareClient({ url, apiKey: PLATFORM_KEY });

const received: WebhookEvent[] = [];
const receiver = createServer(
  { cert: readFileSync(CERT), key: readFileSync(CERT_KEY) },
  async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const event = await verifyWebhook({
      headers: request.headers,
      body: Buffer.concat(chunks),
      secrets: secret,
    });
    received.push(event);
    response.writeHead(204).end();
  },
);
receiver.listen(0, "127.0.0.1");
await once(receiver, "listening");

const webhook = await fanfare.webhooks.create({
  webhook_url: `https://localhost:${(receiver.address() as AddressInfo).port}/hooks`,
  events: ["search_completed"],
  secret,
});
const changes = fanfare.live.deliveries({ webhook_id: webhook.id, after: "0.0" });
const published = await platform.events.publish({
  customer_id: CUSTOMER_ID,
  type: "search_completed",
  data: { search_id: "s-1", hit_count: 2 },
});
for await (const { delivery } of changes) if (delivery.status === "delivered") break;

const [event] = received;
const page = await fanfare.deliveries.list({ webhook_id: webhook.id });
const refusal = await fanfare.webhooks.create({ webhook_url: "http://a.example" }).catch((error) => error);
receiver.close();
receiver.closeAllConnections();
console.log(
  JSON.stringify({
    id: published.id,
    hits: event?.type === "search_completed" ? event.data.hit_count : null,
    received: received.map(({ id }) => id),
    listed: page.items.map(({ id, status, status_code }) => ({ id, status, status_code })),
    refusal: {
      name: refusal.name,
      code: refusal.code,
      fields: refusal.errors.map(({ path }: { path: string[] }) => path),
    },
  }),
);
