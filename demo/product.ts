import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export type Product = {
  /** Null when it ended before it was ready; it has told why on stderr then. */
  ready: Promise<{ url: string; platformKey: string } | null>;
  /** The exit status. */
  ended: Promise<number>;
};

/** Settings that a person may choose for the demo too. Any other could lead it to data that is not its own. */
const kept = ["PATH", "HOME", "PORT", "HOST", "PUBLIC_URL"];

export type ProductOptions = {
  folder: string;
  /** The certificate of the authority that the product trusts beside the usual ones. */
  caFile: string;
  /** URLs that a visitor's own webhooks may lead to. */
  receivers: string[];
  environment: Record<string, string | undefined>;
};

/** Starts the built product with its data in `folder`, allowed to send to this machine, until `signal` ends it. */
export function startProduct(options: ProductOptions, signal: AbortSignal): Product {
  const dataDir = join(options.folder, "data");
  const child = spawn(process.execPath, ["dist/supervisor.mjs"], {
    env: {
      ...Object.fromEntries(kept.map((name) => [name, options.environment[name]])),
      NODE_ENV: "production",
      DATA_DIR: dataDir,
      NODE_EXTRA_CA_CERTS: options.caFile,
      DELIVERY_ALLOW_CIDRS: "127.0.0.0/8",
      EXAMPLE_RECEIVERS: options.receivers.join(","),
      // Short, so that a visitor sees a delivery run through all of its attempts.
      RETRY_SCHEDULE: "5s,10s,20s",
      DELIVERY_TIMEOUT: "5s",
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = () => child.kill("SIGTERM");
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  return {
    ready: untilReady(child, dataDir),
    ended: once(child, "exit").then(([status]) => status ?? 1),
  };
}

/** Shows what the product says, all along, and looks out for the one line. */
async function untilReady(child: ChildProcess, dataDir: string): Promise<Awaited<Product["ready"]>> {
  const url = await new Promise<string | null>((resolve) => {
    const lines = createInterface({ input: child.stdout as Readable });
    lines.on("close", () => resolve(null));
    lines.on("line", (line) => {
      process.stdout.write(`${line}\n`);
      const [, found] = /^Fanfare is ready at (\S+)$/.exec(line) ?? [];
      if (found) resolve(found);
    });
  });
  if (url === null) return null;
  const platformKey = await readFile(join(dataDir, "platform-api-key"), "utf8");
  return { url, platformKey: platformKey.trim() };
}
