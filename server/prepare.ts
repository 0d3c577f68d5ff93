import { atPort, type Env, readEnv } from "./env";
import { freePort } from "./port";
import { prepareStore } from "./runtime";
import { refuseToStart } from "./start-error";

/** What the supervisor learns from here, because it loads nothing but Node itself. */
export type Prepared = Pick<Env, "host" | "port" | "publicUrl" | "dataDir" | "deliveryTimeoutMs">;

/*
 * Everything that must be right before the first role starts, as a process that ends when it is: settings, keys,
 * a free port, a store of this version's schema whose secrets can be opened.
 */
try {
  process.umask(0o077);
  const given = readEnv();
  const env = atPort(given, await freePort(given));
  await prepareStore(env);
  const { host, port, publicUrl, dataDir, deliveryTimeoutMs } = env;
  process.send?.({ host, port, publicUrl, dataDir, deliveryTimeoutMs } satisfies Prepared);
} catch (error) {
  refuseToStart(error);
}
