import express from "express";
import { verifyWebhook, WebhookError } from "fanfare-client";
import { handle, port, secrets } from "./handle.js";

const app = express();

// Before express.json(), which would leave an object of the bytes that are signed.
app.post("/hooks", express.raw({ type: "application/json" }), async (request, response) => {
  const event = await verifyWebhook({ headers: request.headers, body: request.body, secrets });
  await handle(event);
  response.sendStatus(204);
});

app.use(express.json());
app.post("/echo", (request, response) => void response.json(request.body));

// Express 5 hands on what an async handler throws.
app.use(((error, _request, response, next) => {
  if (!(error instanceof WebhookError)) return next(error);
  response.status(401).send(error.message);
}) satisfies express.ErrorRequestHandler);

app.listen(Number(port), "127.0.0.1", () => console.log("Listening."));
