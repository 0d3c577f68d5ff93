import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { outdatedStatus } from "./outdated-status";
import { restartPauseMs } from "./restart-pause";
import type { Prepared, Told } from "./told";

/*
 * The process behind `npm start`: keeps the web app and a worker running. It loads nothing but Node, so that it stays
 * small and has nothing to crash on. Its children end when it is gone, because the channel between them closes.
 */

const roles = ["web", "worker"] as const;
type Role = (typeof roles)[number];

/** A process of a role. */
type Running = {
  child: ChildProcess;
  startedAt: number;
  /** What a worker that prepared has found. */
  prepared: Promise<Prepared>;
  ready: Promise<void>;
  /** Resolves with how it ended. */
  ended: Promise<string>;
};

/** On top of the deadline of a delivery: what a role takes to record it and to close. */
const stopGraceMs = 10_000;
const readyPollMs = 50;

/** glibc keeps a heap for each thread; with two, idle memory stays near what is in use. */
const allocator = { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? "2" };

/** MiB for the young generation: what lives as long as requests are in flight would be copied again and again. */
const youngMib = 16;

/** Why all of Fanfare ends, and with which status. */
class Failure extends Error {
  constructor(
    message: string,
    readonly status = 1,
  ) {
    super(message);
  }
}

process.exit(await run());

/** Runs until a signal comes; answers the exit status. More signals change nothing. */
async function run(): Promise<number> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop.abort());
  process.stdout.on("error", () => {}); // nobody reads any more: no reason to stop delivering
  say(`Starting Fanfare, process ${process.pid}`);
  // Side by side, but that web goes no further than to load what it is made of, until the worker has prepared.
  const first = { worker: startRole("worker", ["prepare"]), web: startRole("web") };
  const prepared = await preparedBy(first.worker, stop.signal);
  if (!prepared) {
    first.web.child.kill("SIGKILL");
    await Promise.all([first.web.ended, first.worker.ended]);
    return stop.signal.aborted ? 0 : 1;
  }
  try {
    await supervise(prepared, first, stop);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.status;
  }
}

/** Null when it was stopped, or failed and has told why on stderr. */
async function preparedBy(worker: Running, signal: AbortSignal): Promise<Prepared | null> {
  const kill = () => worker.child.kill("SIGKILL"); // it may wait for another start's migrations, and hear nothing
  signal.addEventListener("abort", kill);
  const prepared = await Promise.race([worker.prepared, worker.ended.then(() => null)]);
  signal.removeEventListener("abort", kill);
  return signal.aborted ? null : prepared;
}

/** Resolves once everything has ended after a stop. Throws a Failure when a role cannot even start, or is outdated. */
async function supervise(
  prepared: Prepared,
  first: Record<Role, Running>,
  stop: AbortController,
): Promise<void> {
  say(prepared.where);
  const ready = new Set<Role>();
  const onReady = (role: Role) => {
    if (ready.has(role)) return;
    ready.add(role);
    if (ready.size === roles.length) announce(prepared, stop.signal);
  };
  const watch: Watch = { prepared, signal: stop.signal, ready, onReady };
  const running = roles.map((role) => keepRunning(role, first[role], watch));
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
async function keepRunning(role: Role, first: Running, watch: Watch): Promise<void> {
  let lastPauseMs: number | null = null;
  for (let running = first; ; running = startRole(role)) {
    const how = await untilEnded(role, running, watch);
    if (watch.signal.aborted) return;
    if (!watch.ready.has(role)) {
      throw new Failure(`Fanfare did not start: its ${role} process ended with ${how}.`);
    }
    if (how === exitStatus(outdatedStatus)) {
      throw new Failure(`Fanfare ends: its ${role} process is older than the database.`, outdatedStatus);
    }
    lastPauseMs = restartPauseMs(lastPauseMs, performance.now() - running.startedAt);
    const when = lastPauseMs === 0 ? "at once" : `in ${lastPauseMs} ms`;
    say(`The ${role} process ended with ${how}; starting it again ${when}`);
    await pause(lastPauseMs, undefined, { signal: watch.signal }).catch(() => {});
    if (watch.signal.aborted) return;
  }
}

/** Answers how the role ended. */
async function untilEnded(
  role: Role,
  { child, ready, ended }: Running,
  { prepared, signal, onReady }: Watch,
): Promise<string> {
  ready.then(() => onReady(role));
  if (role === "web" && child.connected) child.send({ port: prepared.port }, () => {}); // it may just have died
  const stop = () => stopChild(child, role, prepared.deliveryTimeoutMs + stopGraceMs);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  try {
    return await ended;
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

/** A process of a role, which inherits the settings. */
function startRole(role: Role, args: string[] = []): Running {
  const child = fork(new URL(`./${role}.mjs`, import.meta.url), args, {
    env: { ...process.env, ...allocator },
    execArgv: [`--max-semi-space-size=${youngMib}`],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  say(`Started ${role}, process ${child.pid}`);
  return {
    child,
    startedAt: performance.now(),
    prepared: new Promise((resolve) => {
      child.on("message", (told: Told) => "prepared" in told && resolve(told.prepared));
    }),
    ready: new Promise((resolve) => {
      child.on("message", (told: Told) => "ready" in told && resolve());
    }),
    ended: once(child, "exit").then(([status, killedBy]) => killedBy ?? exitStatus(status)),
  };
}

function exitStatus(status: number): string {
  return `exit status ${status}`;
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

async function isReady(host: string, port: number): Promise<boolean> {
  const { get } = await import("node:http"); // not before the roles run, which would wait for it
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
