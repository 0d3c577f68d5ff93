import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createServer as createTlsServer } from "node:tls";
import type { Authority, Certificate } from "@/testing/certificates";
import { packagesFolder } from "./software";

/** Where one situation is set up: a folder, ports of loopback, and processes, all of which go with it. */
export type Place = {
  folder: string;
  /** The root that the product trusts. */
  authority: Authority;
  /** For localhost and the addresses of loopback, by the zoo's root: files of PEM, `both` with the key behind. */
  certificate: { cert: string; key: string; both: string };
  /** A port on which nothing listens. */
  port(): Promise<number>;
  /** The ports that were given out, in order. */
  ports: number[];
  /** Writes a file into the folder and answers its path. */
  write(name: string, text: string): string;
  /** Starts a server; resolves once it listens on `port`. It is ended after five minutes at the latest. */
  run(command: string, args: string[], options: RunOptions): Promise<void>;
  /** An https URL whose connections end here and go on to `port` as they are, as a TLS balancer passes them on. */
  behindTls(port: number): Promise<string>;
  close(): Promise<void>;
};

export type RunOptions = { port: number; env?: Record<string, string> };

const listensWithinMs = 60_000;
const longestSeconds = 300;

export async function openPlace(authority: Authority): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-zoo-"));
  chmodSync(folder, 0o755); // servers that are started as root read it as somebody else
  symlinkSync(resolve(packagesFolder), join(folder, "node_modules"));
  const issued = await authority.issue();
  const ports: number[] = [];
  const closing: (() => Promise<void>)[] = [];

  const write = (name: string, text: string) => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };

  const port = async () => {
    const free = await freePort();
    ports.push(free);
    return free;
  };

  return {
    folder,
    authority,
    certificate: writeCertificate(write, issued),
    port,
    ports,
    write,
    async run(command, args, options) {
      const server = startProcess(command, args, { cwd: folder, env: options.env ?? {} });
      closing.unshift(server.end);
      await listens(options.port, server);
    },
    async behindTls(target) {
      const front = await port();
      closing.unshift(await startFront(front, target, issued));
      return `https://localhost:${front}`;
    },
    async close() {
      for (const end of closing) await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeCertificate(write: Place["write"], { cert, key }: Certificate): Place["certificate"] {
  return {
    cert: write("cert.pem", cert),
    key: write("key.pem", key),
    both: write("both.pem", `${cert}\n${key}`),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

type Started = { child: ChildProcess; output(): string; end(): Promise<void> };

/** `timeout` ends the server also when nobody here can any more. */
function startProcess(
  command: string,
  args: string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
): Started {
  const child = spawn("timeout", ["-k", "5", String(longestSeconds), command, ...args], {
    cwd,
    env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // a group of its own, which is ended as one
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const kill = (signal: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group is gone.
    }
  };
  const killAtExit = () => kill("SIGKILL");
  process.once("exit", killAtExit);
  return {
    child,
    output: () => output,
    async end() {
      process.off("exit", killAtExit);
      kill("SIGTERM");
      for (
        let waitedMs = 0;
        child.exitCode === null && child.signalCode === null && waitedMs < 2_000;
        waitedMs += 20
      )
        await pause(20);
      kill("SIGKILL");
    },
  };
}

async function listens(port: number, { child, output }: Started): Promise<void> {
  const until = Date.now() + listensWithinMs;
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    if (Date.now() > until) throw new Error(`Nothing listens on ${port}:\n${output()}`);
    await pause(25);
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Ends TLS on `port`, and passes on bytes. */
async function startFront(
  port: number,
  target: number,
  certificate: Certificate,
): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  const server = createTlsServer(certificate, (outside) => {
    const inside = connect(target, "127.0.0.1");
    open.add(outside).add(inside);
    outside.pipe(inside).pipe(outside);
    outside.on("error", () => inside.destroy());
    inside.on("error", () => outside.destroy());
  });
  server.on("tlsClientError", () => {}); // it is told where it was asked for
  server.listen(port, "localhost");
  await once(server, "listening");
  return async () => {
    for (const socket of open) socket.destroy();
    server.close();
    await once(server, "close");
  };
}
