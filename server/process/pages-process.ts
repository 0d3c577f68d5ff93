import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { busy } from "@/domain/errors";
import { createPassOn } from "../front/pass-on";
import { refuse } from "../front/refuse";
import type { Env } from "./env";
import type { Logger } from "./log";
import type { Pages } from "./next-pages";

/** A process that renders, and where it is reached. */
type Renderer = { child: ChildProcess; socketPath: string };

/** Far longer than a start takes on a slow machine. */
const startWithinMs = 60_000;
/**
 * After a start that failed, and an end that came soon after one, how long the next one waits: whoever asks meanwhile
 * is told at once.
 */
const restMs = 1_000;
const soonMs = 10_000;
/** Pages under way are through by then; the front has waited for them before. */
const stopWithinMs = 5_000;
/** The system cuts the path of a socket off at 107 bytes. */
const maxFolderLength = 80;

/**
 * Pages by Next in a process of its own, which the first request for one starts, and the first one after its end
 * starts again: where nobody looks at pages, Next takes no memory, and where somebody does, no page that is
 * rendered and no hook that Next needs slows the API down.
 */
export function createPagesProcess(env: Env, log: Logger): Pages {
  const passOn = createPassOn();
  let isStopping = false;
  let child: ChildProcess | undefined;
  let running: Promise<Renderer> | null = null;

  function renderer(): Promise<Renderer> {
    running ??= start();
    return running;
  }

  async function start(): Promise<Renderer> {
    const startedAt = performance.now();
    try {
      const started = await startRenderer(env, (made) => {
        child = made;
      });
      started.child.once("exit", (status, signal) => {
        if (performance.now() - startedAt < soonMs) rest();
        else running = null;
        if (!isStopping) log.warn(`The pages process ended with ${signal ?? `exit status ${status}`}`);
      });
      return started;
    } catch (err) {
      log.error({ err }, "The pages process did not start");
      rest();
      throw err;
    }
  }

  function rest(): void {
    setTimeout(() => {
      running = null;
    }, restMs).unref();
  }

  return {
    async answer(request, response) {
      const isAnswered = await renderer().then(
        ({ socketPath }) => passOn(request, response, socketPath),
        () => false,
      );
      if (!isAnswered) refuse(response, busy("Pages cannot be shown at the moment. Try again in a moment."));
    },
    async stop() {
      isStopping = true;
      passOn.close();
      if (!child || hasEnded(child)) return;
      const ended = once(child, "exit");
      if (child.connected) child.disconnect();
      await Promise.race([ended, pause(stopWithinMs, undefined, { ref: false })]);
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** `onMade` hears of the child before it is ready. Rejects when it does not get ready. */
async function startRenderer({ port }: Env, onMade: (child: ChildProcess) => void): Promise<Renderer> {
  const parent = tmpdir().length > maxFolderLength ? "/tmp" : tmpdir();
  const socketPath = join(mkdtempSync(join(parent, "fanfare-")), "pages");
  const child = fork(new URL("./pages.mjs", import.meta.url), [socketPath], {
    env: { ...process.env, PORT: String(port) },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  onMade(child);
  child.once("exit", () => rmSync(dirname(socketPath), { recursive: true, force: true }));
  const signal = AbortSignal.timeout(startWithinMs);
  try {
    await Promise.race([once(child, "message", { signal }), endOf(child)]);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  process.stdout.write(`Started pages, process ${child.pid}\n`);
  return { child, socketPath };
}

/** Rejects when the child ends, or cannot be made at all. */
async function endOf(child: ChildProcess): Promise<never> {
  const [status, signal] = await once(child, "exit");
  throw new Error(`It ended with ${signal ?? `exit status ${status}`}.`);
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
