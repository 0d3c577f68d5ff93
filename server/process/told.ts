import type { Env } from "./env";

/** What the supervisor learns from the worker that prepares, because it loads nothing but Node itself. */
export type Prepared = Pick<Env, "host" | "port" | "deliveryTimeoutMs"> & {
  /** Where the data is, as a sentence. */
  where: string;
  /** Where people find it. */
  url: string;
};

/** What a supervisor hears from a role. */
export type Told = { prepared: Prepared } | { ready: true };
