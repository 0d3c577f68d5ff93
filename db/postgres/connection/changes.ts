import pg from "pg";

/** At most one NOTIFY a process in this time: each takes a lock of the whole server at its commit. */
const notifyEveryMs = 20;
const channel = "fanfare";
/** Until a listener that lost its connection tries again. */
const reconnectMs = 1_000;
const connectTimeoutMs = 5_000;

/**
 * Tells of commits: this process's at once, others' by LISTEN on a connection of its own to `url`, which reaches the
 * server itself and no pooler; null when there is no such way. Who misses one looks by itself after a while.
 */
export function createChanges(pool: pg.Pool, url: string | null) {
  const listeners = new Set<() => void>();
  let isClosed = false;
  let listening: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  let notifying: NodeJS.Timeout | undefined;
  let notifiedAt = Number.NEGATIVE_INFINITY;
  let sending: Promise<unknown> = Promise.resolve();

  const tell = () => {
    for (const listener of listeners) listener();
  };

  return {
    /** After a commit of this process. */
    notify(): void {
      tell();
      if (notifying || isClosed) return;
      notifying = setTimeout(send, Math.max(0, notifiedAt + notifyEveryMs - performance.now()));
    },
    onChange(listener: () => void) {
      listeners.add(listener);
      if (url !== null && !listening && !retry) void listen(url);
      return () => void listeners.delete(listener);
    },
    async close(): Promise<void> {
      isClosed = true;
      clearTimeout(retry);
      clearTimeout(notifying);
      await Promise.all([sending, listening?.end()]);
    },
  };

  function send(): void {
    notifying = undefined;
    notifiedAt = performance.now();
    // Who looks regularly finds what this one could not tell.
    sending = pool.query(`notify ${channel}`).catch(() => {});
  }

  async function listen(url: string): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      application_name: "fanfare listener",
    });
    listening = client;
    client.on("notification", tell);
    client.on("error", () => {}); // its end comes too
    client.once("end", () => again(client, url));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      tell(); // of what was committed before
    } catch {
      client.end().catch(() => {});
      again(client, url);
    }
  }

  function again(client: pg.Client, url: string): void {
    if (isClosed || listening !== client) return;
    listening = null;
    retry = setTimeout(() => {
      retry = undefined;
      void listen(url);
    }, reconnectMs);
  }
}
