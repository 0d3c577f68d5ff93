import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { ClockDoubt } from "../../store";
import { isAway } from "./away";
import { createChanges } from "./changes";
import { HotClient } from "./hot-client";
import { codeOf } from "./sqlstate";
import { together } from "./together";

export type Database = NodePgDatabase & { $client: pg.Pool | pg.PoolClient };

/** A write transaction, READ COMMITTED. `now` is the database's clock when it began, in epoch milliseconds. */
export type Transaction = { db: Database; now: number };

/** One process's way into a Postgres database. */
export type Connection = {
  /** For reads of one statement: each takes a connection of the pool, and sees what was committed when it began. */
  db: Database;
  pool: pg.Pool;
  /** The database's clock, in epoch milliseconds. Inside `write` it is the transaction's `now`. */
  now(): Promise<number>;
  /** What `now` is for who turned the clock; null when it is the database's own, which a statement reads by itself. */
  turnedClock(): number | null;
  /** Milliseconds that only ever grow, whatever happens to the clock. */
  elapsed: () => number;
  /** Hears when the clock is doubted, and with null when it is believed again. */
  onDoubt: (doubt: ClockDoubt | null) => void;
  /** Hears why days are not made or dropped, and null when they are again. */
  onDays: (why: string | null) => void;
  /**
   * Runs `body` in a transaction of its own, and resolves after the durable commit. What Postgres undoes because of
   * others that write the same is run again. One that came to write nothing wakes nobody.
   */
  write<T>(body: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * The same with fewer waits for the server: what `ask` sends is answered together with the beginning, and `last`, which
   * `body` has sent and does not wait for, together with the commit. Sent is what a `statement` was asked; what drizzle
   * builds is only sent once it is waited for.
   */
  writeQuickly<T, Asked>(
    ask: (db: Database) => Promise<Asked>,
    body: (transaction: Transaction, asked: Asked) => Promise<{ result: T; last: Promise<unknown> }>,
  ): Promise<T>;
  /** Calls back soon after any commit, this process's or another's. Returns how to stop. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
};

export type ConnectOptions = {
  /** Where the database is, as a URL (`postgres://user:password@host:port/name`). */
  url: string;
  /** Where to hear of others' commits, past a pooler; null when there is no such way. */
  listenUrl?: string | null;
  /** Whether `url` leads to a pooler, which keeps no session between transactions. */
  isPooled?: boolean;
  /** In place of the database's clock, for who turns it. */
  clock?: () => number;
  elapsed?: () => number;
  onDoubt?: (doubt: ClockDoubt | null) => void;
  onDays?: (why: string | null) => void;
};

/** How many statements of this process run at once. */
const poolSize = 10;
const connectTimeoutMs = 5_000;
/** A server that takes longer has gone, as far as who asked is concerned: no statement of ours is long. */
const answerTimeoutMs = 15_000;
/** A process that stands still in the middle of a transaction may keep locks for this long. */
const idleTimeoutMs = 5_000;
/** How often a transaction is run again that others got in the way of. */
const maxTries = 8;

/** The database's clock. */
export const epochMs = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

/**
 * What is prepared is planned for all values and for tables as they were then: so it is to be planned as if they were
 * large, by the indexes that are there for it. A way that is off and has no other costs ten thousand million, for which
 * a plan would be compiled for a fifth of a second before it reads one row: not that either. A pooler would refuse this,
 * and nothing is prepared past one.
 */
const plansOfPrepared = ["enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit"]
  .map((setting) => `-c ${setting}=off`)
  .join(" ");

export function connect({
  url,
  listenUrl = url,
  isPooled = false,
  clock,
  ...options
}: ConnectOptions): Connection {
  const hot = isPooled ? {} : { Client: HotClient, options: plansOfPrepared };
  const pool = openPool(url, { ...hot, pipeline: true, query_timeout: answerTimeoutMs });
  const changes = createChanges(pool, listenUrl);

  return {
    db: drizzle(pool),
    pool,
    now: async () => clock?.() ?? Number((await pool.query(`select ${epochMs} as now`)).rows[0]?.now),
    turnedClock: () => clock?.() ?? null,
    elapsed: options.elapsed ?? (() => performance.now()),
    onDoubt: options.onDoubt ?? (() => {}),
    onDays: options.onDays ?? (() => {}),
    write: (body) =>
      writeQuickly(noQuestion, async (tx) => ({ result: await body(tx), last: Promise.resolve() })),
    writeQuickly,
    onChange: changes.onChange,
    async close() {
      await changes.close();
      await pool.end();
    },
  };

  async function writeQuickly<T, Asked>(...how: Parameters<typeof runTransaction<T, Asked>>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        const { result, hasWritten } = await runTransaction(...how);
        if (hasWritten) changes.notify();
        return result;
      } catch (error) {
        if (!isConflict(error) || tries === maxTries) throw error;
      }
    }
  }

  async function runTransaction<T, Asked>(
    ask: (db: Database) => Promise<Asked>,
    body: (transaction: Transaction, asked: Asked) => Promise<{ result: T; last: Promise<unknown> }>,
  ) {
    const client = await pool.connect();
    try {
      const db = drizzle(client);
      const [now, asked] = await together([begin(client), ask(db)]);
      const { result, last } = await body({ db, now }, asked);
      // When the last one fails, so does the commit, for its sake.
      const [, hasWritten] = await together([last, commit(client)]);
      client.release();
      return { result, hasWritten };
    } catch (error) {
      if (isAway(error)) client.release(true);
      else
        await client.query("rollback").then(
          () => client.release(),
          (broken) => client.release(broken),
        );
      throw error;
    }
  }

  /** All in one message. */
  async function begin(client: pg.PoolClient): Promise<number> {
    const turned = clock?.();
    const results = await client.query(
      `begin; set local idle_in_transaction_session_timeout = ${idleTimeoutMs}; select ${epochMs} as now`,
    );
    const [, , { rows }] = results as unknown as [unknown, unknown, { rows: { now: string }[] }];
    return turned ?? Number(rows[0]?.now);
  }
}

const noQuestion = async () => undefined;

/** Connections to a server, made as they are needed. */
export function openPool(url: string, more: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    application_name: "fanfare",
    ...more,
  });
  pool.on("error", () => {}); // one that rests may break; whoever takes the next one hears of it
  pool.on("connect", (client) => client.on("error", () => {})); // one in use: the next statement on it hears of it
  return pool;
}

/** Answers whether anything was written, or locked, which is the same to Postgres. */
async function commit(client: pg.PoolClient): Promise<boolean> {
  const results = await client.query(
    "select pg_current_xact_id_if_assigned() is not null as written; commit",
  );
  const [{ rows }] = results as unknown as [{ rows: { written: boolean }[] }];
  return rows[0]?.written === true;
}

/** Serialisation failures and deadlocks: nothing was changed, and another try sees what the others did. */
function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return code === "40001" || code === "40P01";
}
