import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { signatureHeaders } from "@/domain/webhook/signature";
import { receivers } from "./receivers";

const folder = mkdtempSync(join(tmpdir(), "receivers-"));
afterAll(() => rmSync(folder, { recursive: true }));

const body = '{"id":"e1","type":"flow_run_failed","data":{"text":"grün","n":1.0}}';
const marked = "whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQ=";
const plain = "0123456789abcdef0123456789abcdef";

/** What we send that a receiver looks at. */
function signed(secret: string, { ageSeconds = 0, previousSecret = null as string | null } = {}) {
  const timestampSeconds = Math.floor(Date.now() / 1000) - ageSeconds;
  const own = { body, eventId: "e1", timestampSeconds, secret, previousSecret, leads: "previous" as const };
  const headers: Record<string, string> = {
    "X-Event-Id": "e1",
    "X-Event-Name": "flow_run_failed",
    "webhook-id": "e1",
    "webhook-timestamp": String(timestampSeconds),
    ...signatureHeaders(own),
  };
  return headers;
}

/** Whether a receiver that checks a signature with a time, or X-Signature, is to take a request. */
type Asked = { words: string; headers: Record<string, string>; text?: string; isRight: boolean };

function requestsFor(secret: string, hasTime: boolean): Asked[] {
  const right = signed(secret);
  const without = (name: string) =>
    Object.fromEntries(Object.entries(right).filter(([each]) => !each.toLowerCase().startsWith(name)));
  return [
    { words: "a right signature", headers: right, isRight: true },
    { words: "the new one of a rotation", headers: signed(secret, { previousSecret: "old" }), isRight: true },
    { words: "the old one of a rotation", headers: signed("new", { previousSecret: secret }), isRight: true },
    { words: "another secret", headers: signed("another secret"), isRight: false },
    { words: "another body", headers: right, text: `${body} `, isRight: false },
    {
      words: "no signature",
      headers: without(hasTime ? "webhook-signature" : "x-signature"),
      isRight: false,
    },
    { words: "nothing", headers: {}, isRight: false },
    ...(hasTime
      ? [
          { words: "an old request", headers: signed(secret, { ageSeconds: 301 }), isRight: false },
          { words: "one of the future", headers: signed(secret, { ageSeconds: -310 }), isRight: false },
          { words: "another id", headers: { ...right, "webhook-id": "e2" }, isRight: false },
          { words: "no time", headers: without("webhook-timestamp"), isRight: false },
          {
            words: "no number for a time",
            headers: { ...right, "webhook-timestamp": "now" },
            isRight: false,
          },
        ]
      : []),
  ];
}

/** How each is run, given its port; null where the machine has not got what it takes. */
const ways: Record<
  string,
  { file: string; needs: string[][]; command: (file: string, port: number) => string[] }
> = {
  node: { file: "receiver.mjs", needs: [], command: (file) => [process.execPath, file] },
  python: { file: "receiver.py", needs: [["python3", "--version"]], command: (file) => ["python3", file] },
  go: { file: "receiver.go", needs: [["go", "version"]], command: (file) => ["go", "run", file] },
  java: { file: "Receiver.java", needs: [["java", "--version"]], command: (file) => ["java", file] },
  php: {
    file: "receiver.php",
    needs: [["php", "--version"]],
    command: (file, port) => ["php", "-S", `127.0.0.1:${port}`, file],
  },
  ruby: {
    file: "config.ru",
    needs: [["ruby", "-rrack", "-rrack/handler/webrick", "-e", "Rack"]],
    command: (file, port) => ["ruby", "-rrack", "-rrack/handler/webrick", "-e", rackup, file, String(port)],
  },
};

/** What rackup does, without its choice of servers. */
const rackup = `app, = Rack::Builder.parse_file(ARGV[0])
Rack::Handler::WEBrick.run(app, Host: "127.0.0.1", Port: ARGV[1].to_i, AccessLog: [])`;

function isThere([command = "", ...args]: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const startingMs = 60_000;

describe.each(Object.entries(ways))("the receiver in %s", (language, { file, needs, command }) => {
  test.skipIf(!needs.every(isThere)).each([
    ["a whsec_ secret", marked],
    ["a secret of another form", plain],
  ])(
    "takes what is signed with %s, and nothing else",
    async (_, secret) => {
      const path = write(language, file);
      const port = await freePort();
      const [program = "", ...args] = command(path, port);
      const env = {
        ...process.env,
        SECRET: secret,
        PORT: String(port),
        GOCACHE: join(folder, "go"),
        GOFLAGS: "",
      };
      const child = spawn(program, args, { env, stdio: "ignore", detached: true });
      try {
        await listening(port);
        const asked = requestsFor(secret, true);
        const found = await Promise.all(asked.map((each) => send(port, each)));
        expect(asked.map(({ words }, at) => [words, found[at]])).toEqual(
          asked.map(({ words, isRight }) => [words, isRight ? 204 : 401]),
        );
      } finally {
        await end(child);
      }
    },
    startingMs,
  );
});

test.skipIf(!isThere(["openssl", "version"])).each([marked, plain])(
  "the receiver in shell takes what is signed with %s, and nothing else",
  (secret) => {
    const path = write("shell", "receiver.sh");
    const asked = requestsFor(secret, false);
    const answers = asked.map(({ headers, text = body }) => {
      const cgi = Object.entries(headers).map(([name, value]) => [
        `HTTP_${name.toUpperCase().replaceAll("-", "_")}`,
        value,
      ]);
      const env = { PATH: process.env.PATH, SECRET: secret, ...Object.fromEntries(cgi) };
      return execFileSync("sh", [path], { input: text, env, stdio: ["pipe", "pipe", "ignore"] }).toString();
    });
    expect(asked.map(({ words }, at) => [words, answers[at]])).toEqual(
      asked.map(({ words, isRight }) => [words, `Status: ${isRight ? 204 : 401}\r\n\r\n`]),
    );
  },
);

test.skip("the receiver in C# is not run: .NET is in none of the registries that tests may use", () => {});

test("there is a receiver in each language that is promised", () => {
  expect(receivers.map(({ label }) => label)).toEqual([
    "Node",
    "Python",
    "Go",
    "Java",
    "PHP",
    "Ruby",
    "C#",
    "Shell",
  ]);
});

function write(language: string, file: string): string {
  const path = join(folder, file);
  writeFileSync(path, receivers.find(({ value }) => value === language)?.text ?? "");
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const isOpen = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return;
    await pause(100);
  }
}

function send(port: number, { headers, text = body }: Asked): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const length = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    const options = {
      host: "127.0.0.1",
      port,
      method: "POST",
      path: "/",
      headers: { ...headers, ...length },
    };
    request(options, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end(text);
  });
}

/** With what it started: `go run` is not the receiver itself. */
async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  await ended;
}
