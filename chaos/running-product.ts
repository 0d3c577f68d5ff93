import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync, type WriteStream } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type Part = "web" | "worker" | "supervisor" | "everything";

export type RunningProduct = {
  url: string;
  dataDir: string;
  /** The folder of the entries that it was started from. */
  entries: string;
  /** The processes of that part; without one, every process of it. */
  pids(part?: Part): number[];
  /** SIGKILL, at once, to every process of that part; each is started again by whoever should. */
  kill(part: Part): void;
  /** SIGSTOP or SIGCONT to every process of that part. */
  signal(part: Part, signal: "SIGSTOP" | "SIGCONT"): void;
  /** Resolves once everything runs (again). Throws when that takes too long. */
  ready(): Promise<void>;
  /** SIGTERM; throws unless everything ends with exit status 0. */
  stop(): Promise<void>;
  /** SIGKILL to everything, and nothing is started again. */
  destroy(): void;
};

export type ProductOptions = {
  /** The tree that was built, when it is another one than this. */
  folder?: string;
  /** The folder of the entries: the product's own, or the ones with wrapped doors. */
  entries: string;
  dataDir: string;
  /** Workers altogether; the supervisor keeps one of them. */
  workers: number;
  settings: Record<string, string>;
  logFile: string;
};

const readyWithinMs = 30_000;
const pollMs = 25;

/** Starts the product under its own supervisor, with further workers beside it, and starts again what is killed. */
export async function startProduct(options: ProductOptions): Promise<RunningProduct> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = createWriteStream(options.logFile, { flags: "a" });
  const keepers: Keeper[] = [];
  const start = (entry: string) => keepers.push(keepRunning(options, entry, port, log));
  const parts = (part: Part): number[] => keepers.flatMap((keeper) => keeper.pids(part));
  const signal = (pids: number[], name: NodeJS.Signals) => {
    for (const pid of pids) send(pid, name);
  };
  const product: RunningProduct = {
    url,
    dataDir: options.dataDir,
    entries: options.entries,
    pids: (part = "everything") => parts(part),
    kill: (part) => signal(parts(part), "SIGKILL"),
    signal: (part, name) => signal(parts(part), name),
    ready: () => waitUntilReady(url, options.workers, options.logFile),
    async stop() {
      const statuses = await Promise.all(keepers.map((keeper) => keeper.stop()));
      log.end();
      if (statuses.some((status) => status !== 0)) {
        throw new Error(`The product ended with ${statuses.join(", ")}. ${lastWords(options.logFile)}`);
      }
    },
    destroy() {
      process.off("exit", product.destroy);
      for (const keeper of keepers) keeper.giveUp();
      product.kill("everything");
    },
  };
  process.on("exit", product.destroy);
  start("supervisor");
  await waitUntilReady(url, 1, options.logFile);
  for (let count = 1; count < options.workers; count += 1) start("worker");
  await product.ready();
  return product;
}

type Keeper = { pids(part: Part): number[]; stop(): Promise<number | null>; giveUp(): void };

/** Runs one entry, and again whenever it is killed, as an operator's init system would. */
function keepRunning(
  { folder, entries, dataDir, settings }: ProductOptions,
  entry: string,
  port: number,
  log: WriteStream,
): Keeper {
  const children = new Map<Part, number>();
  let isStopping = false;
  let child: ChildProcess;
  run();
  return {
    pids(part) {
      const own = child.pid === undefined ? [] : [child.pid];
      if (entry === "worker") return part === "worker" || part === "everything" ? own : [];
      if (part === "supervisor") return own;
      if (part === "everything") return [...own, ...children.values()];
      return [children.get(part)].filter((pid) => pid !== undefined);
    },
    async stop() {
      isStopping = true;
      if (child.exitCode !== null) return child.exitCode;
      child.kill("SIGTERM");
      const [status] = await once(child, "exit");
      return status;
    },
    giveUp() {
      isStopping = true;
    },
  };

  function run(): void {
    child = spawn(process.execPath, [join(entries, `${entry}.mjs`)], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "production",
        DATA_DIR: dataDir,
        PORT: String(port),
        ...settings,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stderr?.pipe(log, { end: false });
    if (child.stdout) createInterface({ input: child.stdout }).on("line", note);
    child.on("exit", () => {
      if (!isStopping) run();
    });
  }

  /** The supervisor says which processes it has started. */
  function note(line: string): void {
    log.write(`${line}\n`);
    const [, part, pid] = /^Started (web|worker), process (\d+)/.exec(line) ?? [];
    if (part && pid) children.set(part as Part, Number(pid));
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function waitUntilReady(url: string, workers: number, logFile: string): Promise<void> {
  const giveUpAt = performance.now() + readyWithinMs;
  while (!(await isReady(url, workers))) {
    if (performance.now() > giveUpAt) throw new Error(`The product did not get ready. ${lastWords(logFile)}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function isReady(url: string, workers: number): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    const { workers: alive } = (await response.json()) as { workers?: number };
    return response.ok && (alive ?? 0) >= workers;
  } catch {
    return false;
  }
}

const lastWords = (logFile: string) => `Its last words:\n${readFileSync(logFile, "utf8").slice(-2_000)}`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
