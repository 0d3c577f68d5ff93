import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { buildClient } from "@/client/build.mjs";
import { verifyWebhook } from "@/client/src/verify-webhook";
import { setScene } from "@/testing/scene";

const run = promisify(execFile);
const { app, customer, ask, publish, register } = setScene();
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/** A folder with nothing but the package, as npm installs it from its tarball. */
const folder = mkdtempSync(join(tmpdir(), "fanfare-cli-"));
const command = join(folder, "node_modules/.bin/fanfare-client");
const running = new Set<ChildProcess>();
let local: Server | undefined;
/** What the local server got: how often, by event. */
let got: Map<string, number>;

beforeAll(async () => {
  await buildClient();
  await run("npm", ["pack", "./client", "--ignore-scripts", "--pack-destination", folder]);
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], { cwd: folder });
});
beforeEach(() => {
  got = new Map();
});
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  local?.closeAllConnections();
  local?.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const env = (more: Record<string, string> = {}) => ({
  ...process.env,
  FANFARE_URL: app.url,
  FANFARE_API_KEY: customer.key,
  FANFARE_LISTEN_SECRET: secret,
  XDG_CONFIG_HOME: join(folder, "config"),
  ...more,
});

/** Runs the command to its end. */
async function fanfare(
  args: string[],
  { more = {}, input = "" }: { more?: Record<string, string>; input?: string } = {},
) {
  const child = spawn(command, args, { env: env(more) });
  const told = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    told.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    told.err += chunk;
  });
  child.stdin.end(input);
  const [code] = await once(child, "close");
  return { code, ...told };
}

/** A server of this machine that checks what it gets. Answers its port. */
async function serve(port = 0, status = 204): Promise<number> {
  local = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const event = await verifyWebhook({
      headers: request.headers,
      body,
      secrets: secret,
      toleranceSeconds: null,
    });
    got.set(event.id, (got.get(event.id) ?? 0) + 1);
    response.writeHead(status).end();
  }).listen(port, "127.0.0.1");
  await once(local, "listening");
  return (local.address() as AddressInfo).port;
}

/** Listens as `ada`, and answers once it does. */
async function listen(port: number): Promise<ChildProcess> {
  const args = ["listen", "--forward", `http://127.0.0.1:${port}/hooks`, "--name", "ada", "--json"];
  const child = spawn(process.execPath, [join(folder, "node_modules/fanfare-client/dist/cli.js"), ...args], {
    env: env(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => {
      if (String(chunk).includes('"open"')) resolve();
    });
  });
  return child;
}

const listener = async () =>
  (await ask("GET", "/webhooks")).body as { id: string; listener: object; health: object }[];

test("a listener that is stopped, killed, or without its server misses nothing of the traffic", async () => {
  const port = await serve();
  const first = await listen(port);
  const sent: string[] = [];
  let isSending = true;
  const sending = (async () => {
    while (isSending) {
      const made = await publish();
      sent.push((made.body as { id: string }).id);
      await pause(20);
    }
  })();
  await vi.waitFor(() => expect(got.size).toBeGreaterThan(3), 10_000);
  first.kill("SIGSTOP");
  await pause(2_000);
  first.kill("SIGCONT");
  await pause(500);
  first.kill("SIGKILL");
  await pause(500);
  const second = await listen(port);
  local?.closeAllConnections();
  local?.close();
  await pause(1_000);
  await serve(port);
  await pause(500);
  isSending = false;
  await sending;
  await vi.waitFor(() => expect(sent.filter((id) => !got.has(id))).toEqual([]), {
    timeout: 30_000,
    interval: 200,
  });

  const [webhook] = await listener();
  expect(webhook).toMatchObject({
    listener: { name: "ada", is_connected: true },
    health: { state: "healthy" },
  });
  const last = sent.at(-1);
  await vi.waitFor(async () => {
    const { body } = await ask("GET", `/webhooks/${webhook?.id}/events/${last}`);
    expect(body).toMatchObject({ status: "delivered", status_code: 204 });
  }, 5_000);
  second.kill("SIGINT");
  expect((await once(second, "exit"))[0]).toBe(130);
});

test("a test and a redelivery reach the local server, whose refusal is on record", async () => {
  const port = await serve(0, 500);
  await listen(port);
  const [webhook] = await listener();
  const asked = await ask("POST", `/webhooks/${webhook?.id}/test`, { event_type: "search_completed" });
  expect(asked.body).toMatchObject({ status: "failed", status_code: 500 });
  const id = ((await publish()).body as { id: string }).id;
  await vi.waitFor(() => expect(got.get(id)).toBe(1), 10_000);
  await vi.waitFor(async () => {
    const redelivered = await fanfare(["deliveries", "redeliver", webhook?.id ?? "", id]);
    expect(redelivered).toMatchObject({ code: 0, err: "" });
  }, 10_000);
  await vi.waitFor(() => expect(got.get(id)).toBe(2), 10_000);
});

test("a login keeps the key for its user alone, and no command shows it", async () => {
  const noKey = { FANFARE_API_KEY: "" };
  const login = await fanfare(["login"], { more: noKey, input: `${customer.key}\n` });
  expect(login.code).toBe(0);
  const file = join(folder, "config/fanfare/config.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8")).toContain(customer.key);
  expect(login.out + login.err).not.toContain(customer.key);
  expect(await fanfare(["webhooks", "list"], { more: noKey })).toMatchObject({ code: 0, err: "" });
  expect((await fanfare(["logout"], { more: noKey })).code).toBe(0);
  expect(await fanfare(["webhooks", "list"], { more: noKey })).toMatchObject({
    code: 1,
    err: expect.stringContaining("fanfare-client login"),
  });
});

test("commands answer JSON, no colour and their exit codes where a program reads them", async () => {
  const made = await fanfare([
    "webhooks",
    "create",
    "https://receiver.example/hook",
    "--events",
    "*",
    "--json",
  ]);
  expect(JSON.parse(made.out)).toMatchObject({ webhook_url: "https://receiver.example/hook", events: ["*"] });
  const list = await fanfare(["webhooks", "list"]);
  expect(list.out).toContain("https://receiver.example/hook");
  expect(list.out).not.toContain("\u001b");
  const refused = await fanfare(["webhooks", "create", "http://receiver.example", "--json"]);
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.err)).toMatchObject({ http_status: 400, errors: [{ path: ["webhook_url"] }] });
  const wrong = await fanfare(["listen", "--forwrad", "http://localhost", "--json"]);
  expect(wrong.code).toBe(2);
  expect(JSON.parse(wrong.err)).toMatchObject({ code: "USAGE" });
  for (const args of [
    ["recover", "--include", "everything"],
    ["recover", "--since", "yesterday"],
    ["deliveries", "list", "--since", "2026-01-31"],
    ["webhooks", "list", "--url", "localhost"],
  ])
    expect((await fanfare(args)).code, args.join(" ")).toBe(2);
  expect((await fanfare(["--help"])).code).toBe(0);
});

test("an event is sent, traced, and recovered from a terminal", async () => {
  const { id } = await register({ webhook_url: "https://unknown.invalid/hook" });
  const sent = await fanfare(["events", "send", "search_completed", "--customer", customer.id, "--json"], {
    more: { FANFARE_API_KEY: app.platformKey },
  });
  const event = JSON.parse(sent.out);
  await vi.waitFor(async () => {
    const shown = await fanfare(["deliveries", "list", "--status", "failed", "--json"]);
    expect(JSON.parse(shown.out)).toMatchObject([{ id: event.id }]);
  }, 30_000);
  expect((await fanfare(["trace", event.id])).out).toContain("failed (dns_error)");
  const explained = (await fanfare(["explain", id.slice(0, 20)])).out;
  expect(explained).toContain("what to do");
  const symptom = /^what came back +(.+)$/m.exec(explained)?.[1] ?? "nothing";
  expect(explained.split(symptom)).toHaveLength(2);
  const recovered = await fanfare(["recover", "--yes", "--json"]);
  expect(recovered.err).toBe("");
  expect(JSON.parse(recovered.out)).toMatchObject({ total: 1, made_due: 1, state: "done" });
  expect(await fanfare(["recover"])).toMatchObject({ code: expect.any(Number) });
});

test.each(["bash", "zsh"])("what completes in %s is code that it reads", async (shell) => {
  const { out } = await fanfare(["completion", shell]);
  expect(out).toContain("redeliver");
  writeFileSync(join(folder, `completion.${shell}`), out);
  if (shell === "bash") await run("bash", ["-n", join(folder, "completion.bash")]);
});
