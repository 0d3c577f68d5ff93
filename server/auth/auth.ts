import type { Store } from "@/db/store";
import type { ByteBudget } from "@/domain/byte-budget";
import { noticeLimits } from "@/domain/limits";
import { createTurns, type Turns } from "@/server/http/turns";
import type { Env } from "@/server/process/env";
import type { Logger } from "@/server/process/log";
import type { Accounts, AuthAdapter } from "./accounts";
import { createBodyBudget } from "./body-shares";
import { createForwarders, type Forwarders } from "./forwarders";
import { createGuesses, type Guesses } from "./guesses";
import { createKeyUses, type KeyUses } from "./key-uses";
import { createLimiter, type Limiter } from "./limiter";

export type AuthEnv = Pick<
  Env,
  | "trustedProxies"
  | "publicUrl"
  | "localUrl"
  | "host"
  | "basePath"
  | "authSecret"
  | "platformApiKey"
  | "platformApiKeyPrevious"
  | "signUp"
  | "portalFrameAncestors"
  | "rateLimit"
>;

/**
 * What it takes to know who is who: the functions beside this file take it as their first argument. It is made
 * by another copy of these modules than the one that Next runs, so it answers values and never throws an ApiError.
 */
export type Auth = {
  env: AuthEnv;
  store: Store;
  /** Loaded by the first call: most processes know no people but by their keys. */
  accounts: () => Promise<Accounts>;
  guesses: Guesses;
  wrongKeys: Limiter;
  /** Requests since this process began that came with the platform's previous key. */
  previousKeyUses: number;
  forwarders: Forwarders;
  /** New accounts of each network. */
  signUps: Limiter;
  /** Mails that a person asks for to prove an address. */
  addressMails: Limiter;
  /** Invitations and links for passwords that go by mail, of each customer. */
  teamMails: Limiter;
  keyUses: KeyUses;
  /** Requests of each customer key; null without a limit. */
  keyRequests: Limiter | null;
  /** What the bodies of requests may hold in memory. */
  bodies: ByteBudget;
  /** Queries of each customer. */
  queries: Turns;
  newId: () => string;
  /** Epoch milliseconds. */
  clock: () => number;
  log: Logger;
};

const minuteMs = 60_000;
/** Wrong API keys from one network; right ones are never counted. */
const wrongKeysPerMinute = 100;
/** Accounts that one network makes. An office that joins at once has room; whoever makes thousands waits. */
const signUpsPerHour = 100;

export function createAuth(options: {
  env: AuthEnv;
  openAuthAdapter: () => Promise<AuthAdapter>;
  store: Store;
  clock: () => number;
  newId: () => string;
  log: Logger;
}): Auth {
  const { env, store, clock, newId, log } = options;
  let accounts: Promise<Accounts> | undefined;
  const openAccounts = async () => {
    const { createAccounts } = await import("./accounts");
    return createAccounts({ ...options, adapter: await options.openAuthAdapter() });
  };
  return {
    env,
    store,
    accounts: () => (accounts ??= openAccounts()),
    guesses: createGuesses(clock),
    forwarders: createForwarders(log, env),
    wrongKeys: createLimiter({ limit: wrongKeysPerMinute, windowMs: minuteMs, clock }),
    previousKeyUses: 0,
    signUps: createLimiter({ limit: signUpsPerHour, windowMs: 60 * minuteMs, clock }),
    addressMails: createLimiter({
      limit: noticeLimits.addressMailsPerHour,
      windowMs: 60 * minuteMs,
      clock,
    }),
    teamMails: createLimiter({ limit: noticeLimits.teamMailsPerHour, windowMs: 60 * minuteMs, clock }),
    keyUses: createKeyUses(store, clock),
    keyRequests:
      env.rateLimit === null ? null : createLimiter({ limit: env.rateLimit, windowMs: minuteMs, clock }),
    bodies: createBodyBudget(),
    queries: createTurns(),
    newId,
    clock,
    log,
  };
}
