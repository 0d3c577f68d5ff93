import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, startApp } from "@/testing/app";
import { createAuthority } from "@/testing/certificates";
import { call, newCustomer } from "@/testing/client";
import { type Receiver, startReceiver } from "@/testing/receiver";

/** Values that nobody could write by chance. */
const canary = (name: string) => `${name}-${randomBytes(16).toString("hex")}`;
const encryptionKey = randomBytes(32).toString("base64");
const secrets = {
  platformKey: canary("fp"),
  authSecret: canary("auth"),
  encryptionKey,
  metricsToken: canary("metrics"),
  first: canary("first"),
  replaced: canary("replaced"),
  rotated: canary("rotated"),
  refused: canary("refused"),
  platformWebhook: canary("platform-webhook"),
};

let folder: string;
let app: App;
let receiver: Receiver;
const answers: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fanfare-canary-"));
  const authority = await createAuthority(folder);
  receiver = await startReceiver({ tls: await authority.issue(), script: { status: 500 } });
  app = await startApp({
    env: {
      NODE_EXTRA_CA_CERTS: authority.caFile,
      PLATFORM_API_KEY: secrets.platformKey,
      AUTH_SECRET: secrets.authSecret,
      ENCRYPTION_KEYS: `canary:${encryptionKey}`,
      METRICS_TOKEN: secrets.metricsToken,
      PLATFORM_WEBHOOK_URL: receiver.url,
      PLATFORM_WEBHOOK_SECRET: secrets.platformWebhook,
      RETRY_SCHEDULE: "100ms",
      LOG_LEVEL: "trace",
    },
  });
});
afterAll(async () => {
  await app?.remove();
  receiver?.close();
  rmSync(folder, { recursive: true });
});

test("no secret and no key is in the database, the logs or any answer, but where it is shown once", async () => {
  const customer = await newCustomer(app);
  const shownOnce = await useEverything(customer);
  const hidden = { ...secrets, customerKey: customer.key, ...shownOnce };
  expect(answers.join("\n")).toContain("/hook-of-the-canary");
  expect(leaks(hidden, answers.join("\n"))).toEqual([]);
  expect(leaks(hidden, app.output())).toEqual([]);
  expect(await app.stop()).toBe(0);
  const stored = readDatabase();
  expect(stored).toContain("/hook-of-the-canary");
  expect(leaks(hidden, stored)).toEqual([]);
});

/** Every call that takes, makes or might show a secret; answers what calls show once by design. */
async function useEverything(customer: { id: string; key: string }) {
  const own = (method: string, path: string, body?: unknown) => ask(method, path, customer.key, body);
  const platform = (method: string, path: string, body?: unknown) =>
    ask(method, path, secrets.platformKey, body);
  const webhook_url = `${receiver.url}/hook-of-the-canary`;
  const events = ["search_completed"];
  const { id } = (await own("POST", "/webhooks", { webhook_url, events, secret: secrets.first })) as {
    id: string;
  };
  await own("PATCH", `/webhooks/${id}`, { secret: secrets.replaced });
  await own("POST", `/webhooks/${id}/rotate-secret`, { secret: secrets.rotated });
  const data = { search_id: "canary" };
  const event = { customer_id: customer.id, type: "search_completed", id: "canary", data };
  await platform("POST", "/events", event);
  await own("POST", `/webhooks/${id}/test`, { event_type: "search_completed" });
  await receiver.waitFor(1, ({ headers }) => headers["x-event-id"] === "canary");
  await own("POST", "/webhooks", { webhook_url: "http://no", secret: secrets.refused, events: [1] });
  await own("PATCH", `/webhooks/${id}`, { secret: { deep: secrets.refused } });
  await own("POST", `/webhooks/${id}/rotate-secret`, { secret: `whsec_${secrets.refused}` });
  for (const path of readPaths(id)) await own("GET", path);
  for (const path of ["/customers", `/customers/${customer.id}`, `/customers/${customer.id}/api-keys`]) {
    await platform("GET", path);
  }
  const metrics = await fetch(`${app.url}/metrics`, {
    headers: { Authorization: `Bearer ${secrets.metricsToken}` },
  });
  answers.push(await metrics.text());
  const key = await call(app, "POST", `/customers/${customer.id}/api-keys`, {
    key: secrets.platformKey,
    body: {},
  });
  const link = await call(app, "POST", `/customers/${customer.id}/portal-links`, {
    key: secrets.platformKey,
    body: {},
  });
  const generated = await call(app, "POST", `/webhooks/${id}/rotate-secret`, { key: customer.key, body: {} });
  return {
    secondKey: (key.body as { key: string }).key,
    portalToken: new URL((link.body as { url: string }).url).pathname.split("/").at(-1) ?? "",
    generated: (generated.body as { secret: string }).secret,
  };
}

const readPaths = (id: string) => [
  "/webhooks",
  `/webhooks/${id}`,
  `/webhooks/${id}/events`,
  `/webhooks/${id}/events/canary`,
  "/events",
  "/events/canary",
  "/event-types",
  "/openapi.json",
  `/api/trpc/webhooks.list`,
  `/api/trpc/webhooks.get?input=${encodeURIComponent(JSON.stringify({ webhook_id: id }))}`,
  "/api/trpc/deliveries.list?input=%7B%7D",
  "/healthz",
  "/readyz",
];

/** Keeps everything that came back, headers too. */
async function ask(method: string, path: string, key: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: { "X-API-KEY": key, ...(body !== undefined && { "Content-Type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  answers.push(text, JSON.stringify([...response.headers]));
  return response.ok && text !== "" ? JSON.parse(text) : null;
}

/** The names of the secrets that a text holds, as they are or in base64. */
function leaks(hidden: Record<string, string>, text: string): string[] {
  const forms = (secret: string) => [secret, Buffer.from(secret).toString("base64").replaceAll("=", "")];
  return Object.keys(hidden).filter((name) => forms(hidden[name] ?? "").some((form) => text.includes(form)));
}

/** Every file but those that hold the generated keys, byte for byte. */
function readDatabase(): string {
  const files = readdirSync(app.dataDir).filter((name) => name.startsWith("fanfare.sqlite"));
  return files.map((name) => readFileSync(join(app.dataDir, name), "latin1")).join("\n");
}
