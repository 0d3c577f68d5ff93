import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Prepared } from "./prepare";

/*
 * The process behind `npm start`: prepares once, then keeps the web app and a worker running. It loads nothing
 * but Node, so that it stays small and has nothing to crash on. Its children end when it is gone, because the
 * channel between them closes.
 */

const roles = ["web", "worker"] as const;
type Role = (typeof roles)[number];

const firstPauseMs = 100;
const maxPauseMs = 10_000;
/** A role that ran this long was well: its pauses begin anew. */
const steadyMs = 30_000;
/** On top of the deadline of a delivery: what a role takes to record it and to close. */
const stopGraceMs = 10_000;
const readyPollMs = 50;

/** glibc keeps a heap for each thread; with two, idle memory stays near what is in use. */
const allocator = { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? "2" };

/**
 * The young generation of each entry. Most objects live long or very short, so that a small one costs little and saves
 * memory; a busy worker's live as long as requests are in flight, and would be copied again and again.
 */
const youngMib = { prepare: 4, web: 16, worker: 16 };

class StartFailure extends Error {}

process.exit(await run());

/** Runs until a signal comes; answers the exit status. More signals change nothing. */
async function run(): Promise<number> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop.abort());
  process.stdout.on("error", () => {}); // nobody reads any more: no reason to stop delivering
  say(`Starting Fanfare, process ${process.pid}`);
  const prepared = await prepare(stop.signal);
  if (!prepared) return stop.signal.aborted ? 0 : 1;
  try {
    await supervise(prepared, stop);
    return 0;
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** Null when it was stopped, or failed and has told why on stderr. */
async function prepare(signal: AbortSignal): Promise<Prepared | null> {
  const child = forkEntry("prepare");
  const kill = () => child.kill();
  signal.addEventListener("abort", kill);
  let prepared: Prepared | null = null;
  child.on("message", (message: Prepared) => {
    prepared = message;
  });
  const [status] = await once(child, "exit");
  signal.removeEventListener("abort", kill);
  return status === 0 && !signal.aborted ? prepared : null;
}

/** Resolves once everything has ended after a stop. Throws a StartFailure when a role cannot even start. */
async function supervise(prepared: Prepared, stop: AbortController): Promise<void> {
  say(`Data and keys are in ${prepared.dataDir}`);
  const ready = new Set<Role>();
  const onReady = (role: Role) => {
    if (ready.has(role)) return;
    ready.add(role);
    if (ready.size === roles.length) announce(prepared, stop.signal);
  };
  const running = roles.map((role) => keepRunning(role, { prepared, signal: stop.signal, ready, onReady }));
  try {
    await Promise.all(running);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(running);
    throw error;
  }
}

type Watch = {
  prepared: Prepared;
  signal: AbortSignal;
  ready: ReadonlySet<Role>;
  onReady: (role: Role) => void;
};

/** Starts a role again whenever it ends. A worker that starts frees what a dead one held (see dead-workers). */
async function keepRunning(role: Role, watch: Watch): Promise<void> {
  let pauseMs = firstPauseMs;
  while (!watch.signal.aborted) {
    const startedAt = performance.now();
    const end = await runOnce(role, watch);
    if (watch.signal.aborted) return;
    if (!watch.ready.has(role)) {
      throw new StartFailure(`Fanfare did not start: its ${role} process ended with ${end}.`);
    }
    if (performance.now() - startedAt > steadyMs) pauseMs = firstPauseMs;
    say(`The ${role} process ended with ${end}; starting it again in ${pauseMs} ms`);
    await pause(pauseMs, undefined, { signal: watch.signal }).catch(() => {});
    pauseMs = Math.min(pauseMs * 2, maxPauseMs);
  }
}

/** Answers how the role ended. */
async function runOnce(role: Role, { prepared, signal, onReady }: Watch): Promise<string> {
  const child = forkEntry(role, prepared.port);
  say(`Started ${role}, process ${child.pid}`);
  child.on("message", () => onReady(role));
  const stop = () => stopChild(child, role, prepared.deliveryTimeoutMs + stopGraceMs);
  signal.addEventListener("abort", stop);
  try {
    const [status, killedBy] = await once(child, "exit");
    return killedBy ?? `exit status ${status}`;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function stopChild(child: ChildProcess, role: Role, graceMs: number): void {
  child.kill("SIGTERM");
  const timer = setTimeout(() => {
    say(`The ${role} process did not end in ${graceMs} ms and is killed`);
    child.kill("SIGKILL");
  }, graceMs);
  child.on("exit", () => clearTimeout(timer));
}

/** A process of one of our entries. It inherits the settings; a free port that was found replaces PORT=0. */
function forkEntry(name: Role | "prepare", port?: number): ChildProcess {
  return fork(new URL(`./${name}.mjs`, import.meta.url), {
    env: { ...process.env, ...(port !== undefined && { PORT: String(port) }), ...allocator },
    execArgv: [`--max-semi-space-size=${youngMib[name]}`],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

async function announce({ host, port, url }: Prepared, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (await isReady(host, port)) {
      say(`Fanfare is ready at ${url}`);
      return;
    }
    await pause(readyPollMs);
  }
}

function isReady(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: reachable(host), port, path: "/readyz", agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("error", () => resolve(false));
  });
}

/** An address that means "all of mine" is listened on, not dialled. */
function reachable(host: string): string {
  return { "0.0.0.0": "127.0.0.1", "::": "::1" }[host] ?? host;
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
