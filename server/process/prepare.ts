import { atPort, type Env, readEnv } from "./env";
import { freePort } from "./port";
import { prepareStore } from "./runtime";
import { refuseToStart } from "./start-error";

/** What the supervisor learns from here, because it loads nothing but Node itself. */
export type Prepared = Pick<Env, "host" | "port" | "dataDir" | "deliveryTimeoutMs"> & {
  /** Where people find it. */
  url: string;
};

/*
 * Everything that must be right before the first role starts, as a process that ends when it is: settings, keys,
 * a free port, a store of this version's schema whose secrets can be opened.
 */
try {
  process.umask(0o077);
  const given = readEnv();
  const env = atPort(given, await freePort(given));
  await prepareStore(env, "every role");
  const { host, port, dataDir, deliveryTimeoutMs } = env;
  const url = env.publicUrl ?? env.localUrl;
  process.send?.({ host, port, url, dataDir, deliveryTimeoutMs } satisfies Prepared);
} catch (error) {
  refuseToStart(error);
}
