import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { busy } from "@/domain/errors";
import { createPassOn } from "../front/pass-on";
import { refuse } from "../front/refuse";
import type { Env } from "./env";
import type { Pages } from "./next-pages";

/** A process that renders, and where it is reached. */
type Renderer = { child: ChildProcess; socketPath: string };

/**
 * Pages by Next in a process of its own, which the first request for one starts, and the first one after its end
 * starts again: where nobody looks at pages, Next takes no memory, and where somebody does, no page that is
 * rendered and no hook that Next needs slows the API down.
 */
export function createPagesProcess(env: Env): Pages {
  const passOn = createPassOn();
  let running: Promise<Renderer> | null = null;
  const renderer = () => {
    running ??= startRenderer(env, () => {
      running = null;
    });
    return running;
  };

  return {
    async answer(request, response) {
      const isAnswered = await renderer().then(
        ({ socketPath }) => passOn(request, response, socketPath),
        () => false,
      );
      if (!isAnswered) refuse(response, busy("Pages cannot be shown at the moment. Try again in a moment."));
    },
    async stop() {
      const { child } = (await running?.catch(() => null)) ?? {};
      passOn.close();
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

async function startRenderer({ port }: Env, onEnd: () => void): Promise<Renderer> {
  const socketPath = join(mkdtempSync(join(tmpdir(), "fanfare-")), "pages");
  const child = fork(new URL("./pages.mjs", import.meta.url), [socketPath], {
    env: { ...process.env, PORT: String(port) },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  process.stdout.write(`Started pages, process ${child.pid}\n`);
  const ended = once(child, "exit").then(() => {
    rmSync(dirname(socketPath), { recursive: true, force: true });
    onEnd();
  });
  const isReady = once(child, "message").then(() => true);
  if (await Promise.race([isReady, ended])) return { child, socketPath };
  throw new Error("The process of the pages did not start.");
}
