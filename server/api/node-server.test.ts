import { once } from "node:events";
import { createServer, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Api, openApi, platformKey } from "./api.fixture";
import { apiHandler } from "./node-server";

let api: Api;
let server: Server;
let answers: ServerResponse[];
beforeEach(async () => {
  api = await openApi();
  answers = [];
  server = createServer((incoming, outgoing) => {
    answers.push(outgoing);
    const answer = apiHandler(incoming);
    if (answer) void answer(incoming, outgoing);
    else outgoing.writeHead(418).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  await api.close();
});

/** Asks as no fetch would: the path goes out as it is written. */
async function ask(method: string, path: string, body?: string) {
  const { port } = server.address() as AddressInfo;
  const headers = {
    "x-api-key": platformKey,
    "content-type": "application/json",
    "x-fanfare-client": "192.0.2.1",
  };
  const outgoing = request({ host: "127.0.0.1", port, method, path, headers });
  outgoing.end(body);
  const [incoming] = await once(outgoing, "response");
  let text = "";
  for await (const chunk of incoming) text += chunk;
  return { status: incoming.statusCode, headers: incoming.headers, text };
}

test("calls of the API are answered here", async () => {
  const made = await ask("POST", "/customers", '{"name":"Northwind"}');
  expect(made).toMatchObject({ status: 201, headers: { "content-type": "application/json" } });
  const list = await ask("GET", "/customers?page_size=1");
  expect(JSON.parse(list.text)).toEqual([JSON.parse(made.text)]);
  expect(list.headers["content-length"]).toBe(String(Buffer.byteLength(list.text)));
  expect((await ask("GET", "/api/trpc/customers.list")).status).toBe(200);
});

test("everything else is not", async () => {
  for (const path of ["/", "/dashboard", "/api/auth/get-session", "/api", "/webhooksfoo", "/docs", "*"]) {
    expect((await ask("GET", path)).status, path).toBe(418);
  }
});

test.each(["/customers/%", "/customers/%E0%A4%A", "/customers/", "/customers//", "/customers/../nothing/.."])(
  "GET %s is not found, and no fault",
  async (path) => expect((await ask("GET", path)).status).toBe(404),
);

test("a query that is badly encoded is refused, and no fault", async () =>
  expect((await ask("GET", "/customers/a?b=%")).status).toBe(400));

test.each(["PUT", "TRACE", "PROPFIND"])("%s is a wrong method", async (method) => {
  const { status, headers } = await ask(method, "/customers");
  expect([status, headers.allow]).toEqual([405, "POST, GET, HEAD, OPTIONS"]);
});

test("HEAD and OPTIONS have no body", async () => {
  expect(await ask("HEAD", "/customers")).toMatchObject({ status: 200, text: "" });
  expect(await ask("OPTIONS", "/customers")).toMatchObject({ status: 204, text: "" });
});

test.each<[string | undefined, number, string | undefined]>([
  ["gzip", 5_000, "gzip"],
  ["br, gzip;q=0.5", 5_000, "gzip"],
  ["gzip;q=0, *", 5_000, undefined],
  ["identity", 5_000, undefined],
  [undefined, 5_000, undefined],
  ["gzip", 50, undefined],
])("to one that takes %s an answer of about %i bytes is sent as %s", async (accepted, length, encoding) => {
  await ask("POST", "/customers", JSON.stringify({ name: "x".repeat(60) }));
  for (let more = 150; more < length; more += 150) await ask("POST", "/customers", '{"name":"More"}');
  const { port } = server.address() as AddressInfo;
  const headers = { "x-api-key": platformKey, ...(accepted && { "accept-encoding": accepted }) };
  const outgoing = request({ host: "127.0.0.1", port, path: "/customers", headers }).end();
  const [incoming] = await once(outgoing, "response");
  expect(incoming.headers["content-encoding"]).toBe(encoding);
  const body = Buffer.concat(await incoming.toArray());
  const names = JSON.parse(String(encoding ? gunzipSync(body) : body)).map(
    ({ name }: { name: string }) => name,
  );
  expect(names).toContain("x".repeat(60));
});

test("a live stream is sent as it comes, and ends with its client", async () => {
  const { port } = server.address() as AddressInfo;
  const { id } = await api.newCustomer();
  const headers = { "x-api-key": platformKey, "x-customer-id": id };
  const outgoing = request({ host: "127.0.0.1", port, path: "/api/trpc/live.deliveries", headers });
  outgoing.end();
  const [incoming] = await once(outgoing, "response");
  const [chunk] = await once(incoming, "data");
  expect(String(chunk)).toMatch(/^event: connected\n.*\nid: /);
  incoming.on("error", () => {}); // its own doing
  outgoing.destroy();
  await Promise.all(answers.map((answer) => answer.closed || once(answer, "close")));
});
