import { readdirSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, startApp } from "@/testing/app";
import { call, newCustomer } from "@/testing/client";

const mebibyte = 1024 * 1024;
const chunks = `10000\r\n${"x".repeat(65_536)}\r\n`.repeat(32); // 2 MiB

let app: App;
let customerId: string;
beforeAll(async () => {
  app = await startApp({ env: { TRUSTED_PROXIES: "127.0.0.1/32" } });
  customerId = (await newCustomer(app)).id;
});
afterAll(() => app?.remove());

const memoryOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
const filesOf = (pid: number) => readdirSync(`/proc/${pid}/fd`).length;

/** A connection that says this, and never closes by itself. */
function stranger(bytes: string): Socket {
  const { hostname: host, port } = new URL(app.url);
  const socket = connect({ host, port: Number(port), allowHalfOpen: true });
  socket.on("error", () => {}); // a reset is what most are to meet
  socket.resume();
  socket.write(bytes);
  return socket;
}

const post = (path: string, length: string) =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${length}\r\n\r\n`;

const strange = [
  `${post("/events", "Transfer-Encoding: chunked")}${chunks}`,
  `${post("/api/trpc/events.publish", "Transfer-Encoding: chunked")}${chunks}`,
  `${post("/api/auth/sign-in/email", "Transfer-Encoding: chunked")}${chunks}`,
  `${post("/sign-in", "Transfer-Encoding: chunked")}${chunks}`,
  `${post("/events", "Content-Length: 5000000")}${chunks}`,
  `${post("/webhooks", "Content-Length: 5000000")}${chunks}`,
  "GET / HTTP/9.9\r\n\r\n",
];

async function publish(id: string) {
  const body = { customer_id: customerId, type: "search_completed", data: { search_id: "s" }, id };
  return (await call(app, "POST", "/events", { key: app.platformKey, body })).status;
}

test("two hundred strangers hold neither memory nor connections, and publishing goes on", async () => {
  const { web } = app.pids();
  expect(await publish("before")).toBe(202);
  for (const bytes of strange) stranger(bytes.slice(0, 100)).destroy();
  const [memory, files] = [memoryOf(web), filesOf(web)];

  const strangers = Array.from({ length: 210 }, (_, index) =>
    stranger(strange[index % strange.length] ?? ""),
  );
  let most = 0;
  for (let round = 0; round < 20; round += 1) {
    expect(await publish(`beside-${round}`)).toBe(202);
    most = Math.max(most, memoryOf(web));
    await pause(50);
  }
  expect(most - memory).toBeLessThan(200 * mebibyte);

  const deadline = Date.now() + 20_000;
  while (filesOf(web) > files + 10 && Date.now() < deadline) await pause(100);
  expect(filesOf(web)).toBeLessThanOrEqual(files + 10);
  for (const socket of strangers) socket.destroy();
}, 120_000);

test("a body of unknown length is read by those who may send it", async () => {
  const event = {
    customer_id: customerId,
    type: "search_completed",
    data: { search_id: "s" },
    id: "chunked",
  };
  const init = {
    method: "POST",
    headers: { "x-api-key": app.platformKey, "content-type": "application/json" },
    duplex: "half",
    body: new Blob([JSON.stringify(event)]).stream(),
  };
  expect((await fetch(`${app.url}/events`, init as RequestInit)).status).toBe(202);
  const large = { ...init, body: new Blob([" ".repeat(6 * mebibyte)]).stream() };
  expect((await fetch(`${app.url}/events`, large as RequestInit)).status).toBe(413);
});

test("pages that one network asks for all at once leave the next one its turn", async () => {
  const order: string[] = [];
  const ask = async (network: string) => {
    const response = await fetch(`${app.url}/sign-in`, { headers: { "x-forwarded-for": network } });
    await response.text();
    order.push(network);
    return response.status;
  };
  const crowd = Array.from({ length: 40 }, () => ask("203.0.113.1"));
  expect(await ask("198.51.100.1")).toBe(200);
  expect(order.length).toBeLessThan(20);
  expect(new Set(await Promise.all(crowd))).toEqual(new Set([200]));
});
