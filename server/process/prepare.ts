import { atPort, type Env, readEnv } from "./env";
import { freePort } from "./port";
import { prepareStore } from "./runtime";
import { refuseToStart } from "./start-error";

/** What the supervisor learns from here, because it loads nothing but Node itself. */
export type Prepared = Pick<Env, "host" | "port" | "dataDir" | "deliveryTimeoutMs"> & {
  /** Where people find it. */
  url: string;
};

/** What a supervisor hears from a role. */
export type Told = { prepared: Prepared } | { ready: true };

/**
 * Everything that must be right before any role of a supervisor begins: settings, keys, a free port, a store of this
 * version's schema whose secrets can be opened. Tells the supervisor what it needs to know, or ends this process.
 */
export async function prepare(): Promise<void> {
  try {
    process.umask(0o077);
    const given = readEnv();
    const env = atPort(given, await freePort(given));
    await prepareStore(env, "every role");
    const { host, port, dataDir, deliveryTimeoutMs } = env;
    const url = env.publicUrl ?? env.localUrl;
    process.send?.({ prepared: { host, port, url, dataDir, deliveryTimeoutMs } } satisfies Told);
  } catch (error) {
    refuseToStart(error);
  }
}
