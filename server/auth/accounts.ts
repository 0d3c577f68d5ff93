import { type BetterAuthOptions, betterAuth } from "better-auth/minimal";
import type { Env } from "@/server/process/env";
import type { Logger } from "@/server/process/log";
import { cookiePath, isSecure } from "./cookies";
import { passwordLength } from "./password-length";

const day = 24 * 60 * 60; // seconds

/** Where better-auth keeps what it knows. */
export type AuthAdapter = NonNullable<BetterAuthOptions["database"]>;
export type Accounts = ReturnType<typeof createAccounts>;

/**
 * People, their passwords and their sessions, by better-auth. None of its routes are served: ours call it, so
 * that limits, origin checks and error answers are those of the whole API.
 */
export function createAccounts({
  env,
  adapter,
  newId,
  log,
}: {
  env: Pick<Env, "publicUrl" | "localUrl" | "basePath" | "authSecret">;
  adapter: AuthAdapter;
  newId: () => string;
  log: Logger;
}) {
  return betterAuth({
    appName: "Fanfare",
    baseURL: env.publicUrl ?? env.localUrl,
    secret: env.authSecret,
    database: adapter,
    emailAndPassword: {
      enabled: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    user: { additionalFields: { company: { type: "string", required: false } } },
    // A session lasts from its sign-in on, so that reading one never writes.
    session: { expiresIn: 14 * day, disableSessionRefresh: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: "error",
      log: (level, message, ...details) =>
        log[level]({ err: details.find((detail) => detail instanceof Error) }, `better-auth: ${message}`),
    },
    advanced: {
      cookiePrefix: "fanfare",
      useSecureCookies: isSecure(env),
      defaultCookieAttributes: { path: cookiePath(env) },
      ipAddress: { disableIpTracking: true },
      database: { generateId: newId },
    },
  });
}
