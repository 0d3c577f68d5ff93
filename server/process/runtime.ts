import type { Store } from "@/db/store";
import { type KeyRing, seal, secretOwner } from "@/domain/webhook/seal";
import manifest from "@/package.json";
import type { ChangeFeed } from "../api/live/change-feed";
import type { StreamPlaces } from "../api/live/stream-places";
import type { Auth } from "../auth/auth";
import { endDeadWorkers } from "./dead-workers";
import type { Env } from "./env";
import { createIds } from "./ids";
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
export type Runtime = Core & { auth: Auth; changes: ChangeFeed; streams: StreamPlaces };

/** Next bundles routes apart from the process that serves them, so that modules exist twice: only this is shared. */
const place = globalThis as typeof globalThis & { fanfare?: Runtime };

/** The running process's parts. Throws before `startRuntime`. */
export function runtime(): Runtime {
  if (!place.fanfare) throw new Error("The runtime is not started.");
  return place.fanfare;
}

/** Opens the store and puts the parts where `runtime` finds them. `role` is how the log names this process. */
export async function startRuntime(env: Env, role = "web"): Promise<Runtime> {
  const { openAuthAdapter, ...core } = await open(env, role);
  const { createAuth } = await import("../auth/auth");
  const { createChangeFeed } = await import("../api/live/change-feed");
  const { createStreamPlaces } = await import("../api/live/stream-places");
  place.fanfare = {
    ...core,
    auth: createAuth({ ...core, openAuthAdapter }),
    changes: createChangeFeed(core.store),
    streams: createStreamPlaces(),
  };
  return place.fanfare;
}

/** The same for a worker, which knows no people and loads nothing about them. */
export async function startCore(env: Env): Promise<Core> {
  const { openAuthAdapter: _, ...core } = await open(env, "worker");
  return core;
}

async function open(env: Env, role: string) {
  // Loaded here, not above: routes import this file, and need none of it.
  const { openStore } = await import("@/db/open");
  const { createLog } = await import("./log");
  const { logClockDoubt } = await import("./clock-doubt");
  const clock = Date.now;
  const log = createLog(role, env.logLevel);
  return {
    ...openStore({ dataDir: env.dataDir, clock, onDoubt: (doubt) => logClockDoubt(log, doubt) }),
    env,
    log,
    clock,
    random: Math.random,
    newId: createIds(clock),
    ring: env.keyRing,
    version: manifest.version,
  };
}

/**
 * What must happen to a store before the first role uses it: migrate, check that the key ring opens its secrets,
 * set the platform's webhook, free what dead workers held. Where the settings are one role's alone, they do not
 * undo what another role's have set. Throws a StartError when the store is not for this version or these keys.
 */
export async function prepareStore(env: Env, settingsOf: "every role" | "one role"): Promise<void> {
  const { migrateStore, openStore, SchemaError } = await import("@/db/open");
  try {
    migrateStore(env);
    const { store } = openStore({ dataDir: env.dataDir, clock: Date.now });
    try {
      await assertOpens(env.keyRing, store).catch(async (error) => {
        const { forgetMadeRing } = await import("./keys");
        forgetMadeRing();
        throw error;
      });
      if (env.platformWebhook !== null || settingsOf === "every role") await setPlatformWebhook(env, store);
      await endDeadWorkers(store);
    } finally {
      await store.close();
    }
  } catch (error) {
    throw error instanceof SchemaError ? new StartError(error.message) : error;
  }
}

async function setPlatformWebhook({ platformWebhook, keyRing }: Env, store: Store): Promise<void> {
  if (platformWebhook === null || platformWebhook === "off") return store.setSystemWebhook(null);
  const { url, secret } = platformWebhook;
  await store.setSystemWebhook({
    url,
    seal: (webhook) => (secret === null ? null : seal(keyRing, secret, secretOwner(webhook))),
  });
}
