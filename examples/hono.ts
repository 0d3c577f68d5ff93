import { serve } from "@hono/node-server";
import { verifyWebhook, WebhookError } from "fanfare-client";
import { Hono } from "hono";
import { handle, port, secrets } from "./handle.js";

const app = new Hono();

app.post("/hooks", async (context) => {
  // Before anything asks for json(), a validator for example: text() would then be that, printed again.
  const body = await context.req.text();
  await handle(await verifyWebhook({ headers: context.req.raw.headers, body, secrets }));
  return context.body(null, 204);
});

app.post("/echo", async (context) => context.json(await context.req.json()));

app.onError((error, context) => {
  if (error instanceof WebhookError) return context.text(error.message, 401);
  throw error;
});

serve({ fetch: app.fetch, port: Number(port), hostname: "127.0.0.1" }, () => console.log("Listening."));
