import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { stateOf } from "./processes";
import type { Stage } from "./stage";

const retryMs = 2;

/**
 * Freezes a product's workers where none of them holds a lock: everybody else would wait for as long as it is frozen.
 */
export async function freezeWorkers({ product, server }: Pick<Stage, "product" | "server">): Promise<void> {
  for (;;) {
    product.signal("worker", "SIGSTOP");
    const pids = product.pids("worker");
    while (pids.some((pid) => stateOf(pid) !== "T")) await pause(retryMs);
    const isLocked = server ? await hasOpenTransaction(server.address) : pids.some(holdsLock);
    if (!isLocked) return;
    product.signal("worker", "SIGCONT");
    await pause(retryMs);
  }
}

/** Whether it is writing: SQLite's locks are the kernel's. */
const holdsLock = (pid: number) =>
  new RegExp(`^\\d+: POSIX +ADVISORY +WRITE ${pid} `, "m").test(readFileSync("/proc/locks", "utf8"));

/** Nobody but the product uses the server, and no web process keeps one open. */
async function hasOpenTransaction(address: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    const { rows } = await client.query(`select from pg_stat_activity
      where backend_type = 'client backend' and xact_start is not null and pid <> pg_backend_pid()
        and application_name like 'fanfare%'`);
    return rows.length > 0;
  } finally {
    await client.end();
  }
}
