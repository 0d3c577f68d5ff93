import { verifyWebhook, WebhookError } from "fanfare-client";
import Fastify from "fastify";
import { handle, port, secrets } from "./handle.js";

const app = Fastify();

// A plugin has parsers of its own: here the bytes stay as they came, and everywhere else JSON is parsed.
app.register(async (hooks) => {
  hooks.removeContentTypeParser("application/json");
  hooks.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  hooks.post<{ Body: Buffer }>("/hooks", async (request, reply) => {
    await handle(await verifyWebhook({ headers: request.headers, body: request.body, secrets }));
    return reply.code(204).send();
  });
});

app.post("/echo", async (request) => request.body);

app.setErrorHandler((error, _request, reply) => {
  if (!(error instanceof WebhookError)) throw error;
  return reply.code(401).send(error.message);
});

await app.listen({ port: Number(port), host: "127.0.0.1" });
console.log("Listening.");
