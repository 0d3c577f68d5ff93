import express from "express-4"; // express@4, under a name of its own beside 5
import { verifyWebhook, WebhookError } from "fanfare-client";
import { handle, port, secrets } from "./handle.js";

const app = express();

// Before express.json(), which would leave an object of the bytes that are signed.
app.post("/hooks", express.raw({ type: "application/json" }), (request, response, next) => {
  receive(request).then(() => response.sendStatus(204), next); // Express 4 waits for no promise
});

async function receive({ headers, body }: express.Request): Promise<void> {
  await handle(await verifyWebhook({ headers, body, secrets }));
}

app.use(express.json());
app.post("/echo", (request, response) => void response.json(request.body));

app.use(((error, _request, response, next) => {
  if (!(error instanceof WebhookError)) return next(error);
  response.status(401).send(error.message);
}) satisfies express.ErrorRequestHandler);

app.listen(Number(port), "127.0.0.1", () => console.log("Listening."));
