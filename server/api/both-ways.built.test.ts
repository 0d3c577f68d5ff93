import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import next from "next";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEnv } from "../process/env";
import { startRuntime } from "../process/runtime";
import { apiHandler } from "./node-server";

/** One product, asked through the routes that Next serves, and as the front answers without Next. */
const platformKey = "fp_0123456789abcdef0123456789abcdef";
const dataDir = mkdtempSync(join(tmpdir(), "fanfare-ways-"));
const app = next({ dev: false, dir: join(import.meta.dirname, "../..") });
const servers: Server[] = [];
let ways: { routes: string; front: string };

beforeAll(async () => {
  const env = readEnv({ DATA_DIR: dataDir, PLATFORM_API_KEY: platformKey, LOG_LEVEL: "silent" });
  await startRuntime(env, "web", "one role");
  await app.prepare();
  const page = app.getRequestHandler();
  ways = {
    routes: await listen((request, response) => void page(request, response)),
    front: await listen((request, response) => {
      void apiHandler(request)?.(request, response);
    }),
  };
  const body = JSON.stringify({ name: "Northwind", external_id: "nw" });
  const headers = { "x-api-key": platformKey, "content-type": "application/json" };
  await fetch(`${ways.front}/customers`, { method: "POST", headers, body });
});
afterAll(async () => {
  for (const server of servers) server.close().closeAllConnections();
  await app.close();
  rmSync(dataDir, { recursive: true });
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Asked = { method?: string; path: string; key?: string | null; json?: string; headers?: object };

async function ask(origin: string, { method = "GET", path, key = platformKey, json, headers }: Asked) {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      "accept-encoding": "identity",
      ...(key && { "x-api-key": key }),
      ...(json !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    body: json,
  });
  const told = ["content-type", "cache-control", "allow", "link", "retry-after", "x-request-id"];
  return {
    status: response.status,
    headers: Object.fromEntries(told.map((name) => [name, response.headers.get(name)])),
    body: (await response.text()).replaceAll(origin, "<origin>"),
  };
}

const event = (id: string) =>
  JSON.stringify({ id, customer_id: "nw", type: "search_completed", data: { search_id: "s" } });
const input = (value: unknown) => encodeURIComponent(JSON.stringify(value));

test.each<Asked>([
  { path: "/customers" },
  { path: "/customers", key: null },
  { path: "/customers", key: "fk_wrong" },
  { path: "/customers/nobody" },
  { method: "PUT", path: "/customers" },
  { method: "OPTIONS", path: "/customers" },
  { method: "HEAD", path: "/customers" },
  { method: "POST", path: "/events", json: event("twice") },
  { method: "POST", path: "/events", json: "{" },
  { method: "POST", path: "/events", json: `[${event("a")},{}]` },
  { method: "POST", path: "/events", json: `{"a":"${"x".repeat(300_000)}"}` },
  { method: "POST", path: "/events", headers: { "content-type": "text/plain" }, json: event("b") },
  { path: "/event-types?page_size=2" },
  { path: "/webhooks", headers: { "x-customer-id": "nw" } },
  { path: `/api/trpc/customers.list?input=${input({})}` },
  { path: "/api/trpc/customers.list,eventTypes.list?batch=1" },
  { path: "/api/trpc/nothing.there" },
  { method: "POST", path: "/api/trpc/customers.list", json: "{}" },
  { method: "POST", path: "/api/trpc/events.publish", json: event("twice") },
  { method: "OPTIONS", path: "/api/trpc/customers.list" },
])("$method $path is answered by both alike (%#)", async (asked) => {
  // What the first of the two makes, the second finds made: twice by the same way is alike too.
  await ask(ways.front, asked);
  expect(await ask(ways.front, asked)).toEqual(await ask(ways.routes, asked));
});
