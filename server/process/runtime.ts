import type { KeyMark, Opened } from "@/db/opened";
import type { Store } from "@/db/store";
import { type KeyRing, seal, secretOwner } from "@/domain/webhook/seal";
import manifest from "@/package.json";
import type { ChangeFeed } from "../api/live/change-feed";
import type { StreamPlaces } from "../api/live/stream-places";
import type { Auth } from "../auth/auth";
import type { Mailer } from "../mail/mailer";
import { endDeadWorkers } from "./dead-workers";
import type { Env } from "./env";
import { createIds } from "./ids";
import { assertOwn } from "./key-mark";
import type { Logger } from "./log";
import { assertOpens } from "./sealed-keys";
import { StartError } from "./start-error";

/** What every part of a worker process shares, made once: the parts take it as arguments. */
type Core = {
  env: Env;
  store: Store;
  log: Logger;
  /** Epoch milliseconds. */
  clock: () => number;
  /** In [0, 1). */
  random: () => number;
  /** A UUIDv7. */
  newId: () => string;
  ring: KeyRing;
  /** Fanfare's own, as in package.json. */
  version: string;
};

/** What a web process shares. */
export type Runtime = Core &
  Pick<Opened, "replica"> & {
    auth: Auth;
    changes: ChangeFeed;
    streams: StreamPlaces;
    /** Null where no mails are sent. */
    mailer: Mailer | null;
  };

/** Next bundles routes apart from the process that serves them, so that modules exist twice: only this is shared. */
const place = globalThis as typeof globalThis & { fanfare?: Runtime };

/** The running process's parts. Throws before `startRuntime`. */
export function runtime(): Runtime {
  if (!place.fanfare) throw new Error("The runtime is not started.");
  return place.fanfare;
}

/** Whose settings a process that prepares the store has: one role's alone do not undo what another role's have set. */
export type Prepares = "every role" | "one role";

/**
 * Opens the store and puts the parts where `runtime` finds them. `role` is how the log names this process. Throws a
 * StartError when the store is not for this version or, where it `prepares` it, not for these keys.
 */
export async function startRuntime(env: Env, role = "web", prepares?: Prepares): Promise<Runtime> {
  const { openAuthAdapter, ...core } = await open(env, role, prepares);
  const { createAuth } = await import("../auth/auth");
  const { createChangeFeed } = await import("../api/live/change-feed");
  const { createStreamPlaces } = await import("../api/live/stream-places");
  place.fanfare = {
    ...core,
    auth: createAuth({ ...core, openAuthAdapter }),
    changes: createChangeFeed(core.store),
    streams: createStreamPlaces(),
    mailer: env.mail && (await import("../mail/mailer")).createMailer(env.mail),
  };
  return place.fanfare;
}

/** The same for a worker, which knows no people and loads nothing about them. */
export async function startCore(env: Env, prepares?: Prepares): Promise<Core & { keyMark: KeyMark | null }> {
  const { openAuthAdapter: _, ...core } = await open(env, "worker", prepares);
  return core;
}

async function open(env: Env, role: string, prepares?: Prepares) {
  // Loaded here, not above: routes import this file, and need none of it.
  const { migrateStore, openStore, StoreError } = await import("@/db/open");
  const { createLog } = await import("./log");
  const { logClockDoubt } = await import("./clock-doubt");
  const { logAway } = await import("./store-away");
  const { logDays } = await import("./day-news");
  const { logReplica } = await import("./replica-news");
  const clock = Date.now;
  const log = createLog(role, env.logLevel);
  try {
    const { dataDir, databaseUrl, databaseDirectUrl } = env;
    const place = { dataDir, databaseUrl, databaseDirectUrl };
    if (prepares) await migrateStore(place);
    const opened = await openStore({
      ...place,
      databaseReadUrl: role === "worker" ? null : env.databaseReadUrl, // a worker shows nobody anything
      onDoubt: (doubt) => logClockDoubt(log, doubt),
      onAway: (cause) => logAway(log, cause),
      onDays: (why) => logDays(log, why),
      onReplica: (why) => logReplica(log, why),
    });
    if (opened.commits === "polled") log.warn(polledOnly);
    if (prepares) await prepareStore(env, opened, prepares);
    return {
      ...opened,
      env,
      log,
      clock,
      random: Math.random,
      newId: createIds(clock),
      ring: env.keyRing,
      version: manifest.version,
    };
  } catch (error) {
    throw error instanceof StoreError ? new StartError(error.message) : error;
  }
}

const polledOnly =
  "A pooler is between here and Postgres, so that what other processes do is seen within a second instead of at once. " +
  "Set DATABASE_DIRECT_URL to the address past it";

/** A store, and what tells whether these are its keys. */
type ForKeys = { store: Store; keyMark: KeyMark | null };

/**
 * What must happen to a migrated store before the first role uses it: check that the keys are the ones it was set up
 * with, set the platform's webhook, free what dead workers held.
 */
async function prepareStore(env: Env, { store, keyMark }: ForKeys, settingsOf: Prepares): Promise<void> {
  try {
    await assertKeys(env, { store, keyMark }).catch(async (error) => {
      const { forgetMadeKeys } = await import("./keys");
      forgetMadeKeys();
      throw error;
    });
    if (env.platformWebhook !== null || settingsOf === "every role") await setPlatformWebhook(env, store);
    await endDeadWorkers(store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function assertKeys(env: Env, { store, keyMark }: ForKeys): Promise<void> {
  if (keyMark) await assertOwn(env, keyMark);
  await assertOpens(env.keyRing, store);
}

async function setPlatformWebhook({ platformWebhook, keyRing }: Env, store: Store): Promise<void> {
  if (platformWebhook === null || platformWebhook === "off") return store.setSystemWebhook(null);
  const { url, secret } = platformWebhook;
  await store.setSystemWebhook({
    url,
    seal: (webhook) => (secret === null ? null : seal(keyRing, secret, secretOwner(webhook))),
  });
}
