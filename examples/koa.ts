import { verifyWebhook, WebhookError } from "fanfare-client";
import Koa from "koa";
import { handle, port, secrets } from "./handle.js";

const app = new Koa();

// Before any body parser: the stream can be read once, and what a parser leaves is no longer what is signed.
app.use(async (context, next) => {
  if (context.method !== "POST" || context.path !== "/hooks") return next();
  try {
    const body = await rawBody(context.req);
    await handle(await verifyWebhook({ headers: context.headers, body, secrets }));
    context.status = 204;
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    context.status = 401;
    context.body = error.message;
  }
});

app.use(async (context) => {
  context.body = JSON.parse((await rawBody(context.req)).toString());
});

async function rawBody(request: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

app.listen(Number(port), "127.0.0.1", () => console.log("Listening."));
