import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { type App, startApp } from "@/testing/app";
import { newCustomer } from "@/testing/client";

let app: App;
afterEach(() => app.remove());

type Asked = { method?: string; path: string; headers?: Record<string, string>; body?: object };

/** Asks the running product under a name of one's own, as no fetch would. */
async function ask(host: string, { method = "POST", path, headers = {}, body = {} }: Asked) {
  const { port } = new URL(app.localUrl);
  const sent = request({ host: "127.0.0.1", port, method, path, headers: { ...json, host, ...headers } });
  sent.end(method === "GET" ? undefined : JSON.stringify(body));
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
}

const json = { "content-type": "application/json" };

const signUp = (host: string, origin: string) => {
  const person = {
    name: "Ada",
    email: `${randomUUID()}@example.com`,
    password: "correct horse",
    company: "N",
  };
  return ask(host, { path: "/api/auth/sign-up/email", headers: { origin }, body: person });
};

describe.each(["0.0.0.0", "::"])("listening on %s without PUBLIC_URL", (host) => {
  test("it says an address that can be opened, and works under every name by which it is reached", async () => {
    app = await startApp({ env: { HOST: host } });
    const { port } = new URL(app.localUrl);
    expect(app.url).toBe(`http://localhost:${port}`);
    for (const name of [`localhost:${port}`, `192.168.1.5:${port}`, "fanfare.lan"]) {
      const entered = await signUp(name, `http://${name}`);
      expect(entered.status, entered.text).toBe(200);
      const cookie = String(entered.headers["set-cookie"]).split(";")[0] ?? "";
      const invite = { path: "/api/trpc/team.invite", body: { role: "member" } };
      const made = await ask(name, { ...invite, headers: { cookie, origin: `http://${name}` } });
      expect(JSON.parse(made.text).result.data.url).toContain(`http://${name}/invite/`);
      const stolen = await ask(name, { ...invite, headers: { cookie, origin: "http://evil.example" } });
      expect(stolen.status).toBe(403);
    }
    expect((await signUp(`localhost:${port}`, "http://evil.example")).status).toBe(403);
    expect((await signUp("hooks.example", "https://hooks.example")).status).toBe(200);
  });
});

test("listening on loopback without PUBLIC_URL, it goes by no name that somebody else leads to it", async () => {
  app = await startApp();
  const { id } = await newCustomer(app);
  const { port } = new URL(app.localUrl);
  expect((await signUp(`localhost:${port}`, `http://localhost:${port}`)).status).toBe(200);
  expect((await signUp("localhost:8080", "http://localhost:8080")).status).toBe(200);
  const refused = await signUp(`evil.example:${port}`, `http://evil.example:${port}`);
  expect(refused.status).toBe(403);
  expect(JSON.parse(refused.text).error).toContain(
    `pages at http://127.0.0.1:${port}, not http://evil.example`,
  );
  const path = `/customers/${id}/portal-links`;
  const link = await ask("evil.example", { path, headers: { "x-api-key": app.platformKey } });
  expect(JSON.parse(link.text).url).toContain(`http://127.0.0.1:${port}/portal/`);
});

test("with PUBLIC_URL, only its pages change anything, and links carry it", async () => {
  app = await startApp({ env: { PUBLIC_URL: "https://hooks.example.com" } });
  const { id } = await newCustomer({ ...app, url: app.localUrl });
  expect((await signUp("10.0.0.9:3000", "https://hooks.example.com")).status).toBe(200);
  expect((await signUp("10.0.0.9:3000", "http://10.0.0.9:3000")).status).toBe(403);
  const path = `/customers/${id}/portal-links`;
  const link = await ask("evil.example", { path, headers: { "x-api-key": app.platformKey } });
  expect(JSON.parse(link.text).url).toContain("https://hooks.example.com/portal/");
});

test("a slash at a path's end changes nothing", async () => {
  app = await startApp();
  const key = { "x-api-key": app.platformKey };
  for (const path of ["/customers/", "/event-types/", "/healthz/", "/readyz/", "/docs/", "/openapi.json/"]) {
    expect((await ask("localhost", { method: "GET", path, headers: key })).status, path).toBe(200);
  }
  expect(
    (await ask("localhost", { method: "GET", path: "/api/trpc/customers.list/", headers: key })).status,
  ).toBe(200);
  expect((await ask("localhost", { path: "/customers/", headers: key, body: { name: "N" } })).status).toBe(
    201,
  );
  const page = await fetch(`${app.url}/sign-in/?to=%2Fdashboard`, { headers: { accept: "text/html" } });
  expect([page.status, page.url]).toEqual([200, `${app.url}/sign-in?to=%2Fdashboard`]);
});
