import { once } from "node:events";
import { createWriteStream, readFileSync, type WriteStream } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { type Keeper, keepRunning, type Part } from "./keeper";

export type RunningProduct = {
  url: string;
  /** Of each web process. */
  urls: string[];
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
  const { workers, logFile } = options;
  const port = String(await freePort());
  const log = createWriteStream(logFile, { flags: "a" });
  const env = { DATA_DIR: options.dataDir, PORT: port, ...options.settings };
  const keepers: Keeper[] = [];
  const start = (entry: "supervisor" | "worker") =>
    keepers.push(keepRunning({ ...options, entry, env, log }));
  const product = productOf(keepers, [`http://127.0.0.1:${port}`], options, log);
  start("supervisor");
  await waitUntilReady(product.url, 1, logFile);
  for (let count = 1; count < workers; count += 1) start("worker");
  await product.ready();
  return product;
}

export type FleetOptions = ProductOptions & {
  webs: number;
  /** How far the clocks of the first workers are ahead, in milliseconds. */
  clocksAheadMs: number[];
};

/** Starts the same as machines with a role each, which share a database. */
export async function startFleet(options: FleetOptions): Promise<RunningProduct> {
  const { webs, workers, clocksAheadMs, dataDir, settings } = options;
  const log = createWriteStream(options.logFile, { flags: "a" });
  const ports = await Promise.all(Array.from({ length: webs }, freePort));
  const kept = { ...options, log };
  const webKeepers = ports.map((port) =>
    keepRunning({ ...kept, entry: "web", env: { DATA_DIR: dataDir, PORT: String(port), ...settings } }),
  );
  const workerKeepers = Array.from({ length: workers }, (_, index) => {
    const CHAOS_CLOCK_AHEAD_MS = String(clocksAheadMs[index] ?? 0);
    return keepRunning({
      ...kept,
      entry: "worker",
      nodeArguments: ["--import", `${process.cwd()}/chaos/postgres/other-clock.mjs`],
      env: { DATA_DIR: dataDir, CHAOS_CLOCK_AHEAD_MS, ...settings },
    });
  });
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const product = productOf([...webKeepers, ...workerKeepers], urls, options, log);
  await product.ready();
  return product;
}

/** What `keepers` run, of which there may be more later. */
function productOf(
  keepers: Keeper[],
  urls: string[],
  { dataDir, entries, workers, logFile }: ProductOptions,
  log: WriteStream,
): RunningProduct {
  const parts = (part: Part): number[] => keepers.flatMap((keeper) => keeper.pids(part));
  const product: RunningProduct = {
    url: urls[0] ?? "",
    urls,
    dataDir,
    entries,
    pids: (part = "everything") => parts(part),
    kill: (part) => signal(parts(part), "SIGKILL"),
    signal: (part, name) => signal(parts(part), name),
    async ready() {
      await Promise.all(urls.map((url) => waitUntilReady(url, workers, logFile)));
    },
    async stop() {
      const statuses = await Promise.all(keepers.map((keeper) => keeper.stop()));
      log.end();
      if (statuses.some((status) => status !== 0)) {
        throw new Error(`The product ended with ${statuses.join(", ")}. ${lastWords(logFile)}`);
      }
    },
    destroy() {
      process.off("exit", product.destroy);
      for (const keeper of keepers) keeper.giveUp();
      product.kill("everything");
    },
  };
  process.on("exit", product.destroy);
  return product;
}

/** Sends a signal to those of the processes that are still there. */
export function signal(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
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
