import type { drizzleAdapter } from "better-auth/adapters/drizzle";
import type { ClockDoubt, ReplicaState, Store } from "./store";

/** Where a store is: in the SQLite file of a folder or, when `databaseUrl` names one, in a Postgres database. */
export type StorePlace = {
  /** The folder, or `:memory:` for a store that ends with the process. */
  dataDir: string;
  /** `postgres://user:password@host:port/name`. */
  databaseUrl?: string | null;
  /** The same past a pooler, for what needs a session of its own. */
  databaseDirectUrl?: string | null;
  /** A streaming replica of it, from which what only shows may be read. */
  databaseReadUrl?: string | null;
};

/** How a process looks at its store. */
export type StoreHabits = {
  /** Epoch milliseconds, in place of the machine's clock or, on Postgres, of the database's. */
  clock?: () => number;
  /** Milliseconds that only ever grow, whatever happens to the clock. */
  elapsed?: () => number;
  /** Hears when the clock is doubted, and with null when it is believed again. */
  onDoubt?: (doubt: ClockDoubt | null) => void;
  /** Hears why the store cannot be reached when that begins, and null when it is back. */
  onAway?: (cause: unknown) => void;
  /**
   * Hears why partitions of days are not made or not dropped when that begins or the reason changes, and null when they
   * are again.
   */
  onDays?: (why: string | null) => void;
  /** Hears why nothing is read from the replica when that begins, and null when it is. */
  onReplica?: (why: string | null) => void;
};

export type StoreOptions = StorePlace & StoreHabits;

/** What better-auth keeps its people, passwords and sessions in. */
export type AuthAdapter = ReturnType<typeof drizzleAdapter>;

/** A store in use. */
export type Opened = {
  store: Store;
  /** Loaded when it is asked for: a worker never asks, and better-auth is much to load. */
  openAuthAdapter: () => Promise<AuthAdapter>;
  /**
   * How other processes' commits get here: a pooler in between passes no notices on, so that they are found by looking,
   * each second.
   */
  commits: "told" | "polled";
  /**
   * What tells whether a process has the keys of this store, which any machine may reach; null where the keys are kept
   * in the folder of the store itself.
   */
  keyMark: KeyMark | null;
  /** How the replica does; null where none is named. */
  replica: (() => ReplicaState) | null;
};

/** A text that the first process leaves, sealed, for all others to compare their keys with. */
export type KeyMark = {
  /** Leaves it unless there is one; answers the one that there is. */
  keep(mark: string): Promise<string>;
  /** Puts another in its place. False when it was not `from` any more. */
  replace(from: string, to: string): Promise<boolean>;
};
