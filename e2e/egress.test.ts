import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, startApp } from "@/testing/app";
import { type Authority, createAuthority } from "@/testing/certificates";
import { call, newCustomer } from "@/testing/client";
import { type ConnectProxy, startConnectProxy } from "@/testing/connect-proxy";

let folder: string;
let authority: Authority;
let proxy: ConnectProxy;
let app: App;
/** A bank's endpoint: it takes nothing from strangers, and answers to whom it spoke. */
const bank = { port: 0, close: async () => {} };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fanfare-egress-"));
  authority = await createAuthority(folder);
  proxy = await startConnectProxy((authority) => (authority.endsWith(":8444") ? { status: 403 } : "pass"));
  const server = createServer(
    { ...(await authority.issue()), ca: authority.ca, requestCert: true },
    ({ socket }, answer) => answer.end((socket as TLSSocket).getPeerCertificate().subject.CN),
  );
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  Object.assign(bank, {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  });
  const DELIVERY_PROXY = `http://fanfare:p%3Ass@127.0.0.1:${proxy.port}`;
  app = await startApp({ env: { NODE_EXTRA_CA_CERTS: authority.caFile, DELIVERY_PROXY } });
});
afterAll(async () => {
  await app?.remove();
  await proxy.close();
  await bank.close();
  rmSync(folder, { recursive: true });
});

const authorization = `Basic ${Buffer.from("fanfare:p:ss").toString("base64")}`;

test("a bank's endpoint is reached by the proxy alone, with the webhook's certificate", async () => {
  const customer = await newCustomer(app);
  const ask = (method: string, path: string, body?: unknown) =>
    call(app, method, path, { key: customer.key, body });
  const { cert, key } = await authority.issue({ names: ["northwind"], purpose: "client" });
  const made = await ask("POST", "/webhooks", {
    webhook_url: `https://localhost:${bank.port}/in`,
    events: ["search_completed"],
    client_certificate: { certificate: cert, private_key: key },
  });
  expect(made).toMatchObject({ status: 201, body: { client_certificate: { subject: "CN=northwind" } } });
  const { id } = made.body as { id: string };
  const test = await ask("POST", `/webhooks/${id}/test`, { event_type: "search_completed" });
  expect(test.body).toMatchObject({ status: "delivered", response: { body: "northwind" } });
  expect(proxy.asked).toEqual([{ authority: `127.0.0.1:${bank.port}`, authorization }]);

  await ask("PATCH", `/webhooks/${id}`, { client_certificate: null });
  const refused = await ask("POST", `/webhooks/${id}/test`, { event_type: "search_completed" });
  expect(refused.body).toMatchObject({ status: "failed", diagnosis: { code: "client_certificate" } });
});

test("what the proxy forbids is no failure of the webhook, and its password is in no log", async () => {
  const customer = await newCustomer(app);
  const ask = (method: string, path: string, body?: unknown) =>
    call(app, method, path, { key: customer.key, body });
  const made = await ask("POST", "/webhooks", { webhook_url: "https://localhost:8444/in" });
  const { id } = made.body as { id: string };
  const test = await ask("POST", `/webhooks/${id}/test`, { event_type: "search_completed" });
  expect(test.body).toMatchObject({ error: { code: "proxy_error" }, diagnosis: { code: "proxy_refused" } });
  expect((await ask("GET", `/webhooks/${id}`)).body).toMatchObject({ status: "active" });
  expect(app.output()).not.toContain("p:ss");
  expect(app.output()).not.toContain("p%3Ass");
});
