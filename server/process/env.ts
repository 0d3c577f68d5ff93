import { resolve } from "node:path";
import { z } from "zod";
import type { Accent } from "@/domain/contrast";
import { parseCidr } from "@/domain/network/address";
import type { HttpProxy } from "@/domain/network/http-proxy";
import { hostnameOf } from "@/domain/network/site";
import { pasteProblem } from "@/domain/webhook/pasted-secret";
import type { KeyRing } from "@/domain/webhook/seal";
import { keyProblem } from "@/domain/webhook/secret-key";
import { checkTarget } from "@/domain/webhook/target";
import { basePathOf } from "@/scripts/base-path.mjs";
import {
  accent,
  cidrs,
  duration,
  durations,
  frameAncestors,
  host,
  httpsUrls,
  keyRing,
  offOrCount,
  oneOf,
  picture,
  postgresUrl,
  proxyUrl,
  publicAddress,
  secretText,
  sender,
  smtpUrl,
  wholeNumber,
} from "./env-values";
import { keepKeys, makeFolder } from "./keys";
import { StartError } from "./start-error";

/** Everything an operator can set, checked, with the keys that DATA_DIR keeps. Durations are milliseconds. */
export type Env = {
  port: number;
  host: string;
  /** The address that people and links use, without a slash at its end; null when each request tells its own. */
  publicUrl: string | null;
  /** The path of it, which is also accepted to be absent: "" or such as "/fanfare". */
  basePath: string;
  /** Where a person on this machine finds the web app. */
  localUrl: string;
  /** An absolute path. */
  dataDir: string;
  /** Of Postgres; null when the store is a file in `dataDir`. */
  databaseUrl: string | null;
  /** The same past a pooler; null when it is not given. */
  databaseDirectUrl: string | null;
  /** Of a streaming replica of it; null when it is not given. */
  databaseReadUrl: string | null;
  platformApiKey: string;
  /** The one that it replaces, which counts as well until nobody has it any more. */
  platformApiKeyPrevious: string | null;
  authSecret: string;
  keyRing: KeyRing;
  /** Sites that may show portal pages in a frame, as frame-ancestors names them. */
  portalFrameAncestors: string[];
  /** How the dashboard of a portal session looks; null as it does for everybody. */
  portalAccent: Accent | null;
  /** A `data:` URL; null for our own. */
  portalLogo: string | null;
  signUp: "open" | "closed";
  /** Null where no mails are sent; then `publicUrl` is there otherwise. */
  mail: { smtpUrl: string; mailFrom: string } | null;
  retryScheduleMs: number[];
  deliveryTimeoutMs: number;
  deliveryConcurrency: number;
  webhookConcurrency: number;
  deliveryAllowCidrs: string[];
  /** What deliveries go out by; null when the way is straight. */
  deliveryProxy: HttpProxy | null;
  /** What the form of a new webhook offers as URLs. */
  exampleReceivers: string[];
  /** Requests a minute for each customer key; null = no limit. */
  rateLimit: number | null;
  retentionMs: number;
  /** Whether workers keep an index of what events' data holds. */
  hasSearchIndex: boolean;
  trustedProxies: string[];
  /** `off` removes it; null when these settings say nothing of it. */
  platformWebhook: { url: string; secret: string | null } | "off" | null;
  logLevel: LogLevel;
  metricsToken: string | null;
  /** False only under `npm run dev`. */
  isProduction: boolean;
};

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;

/** The settings by their names outside, with defaults and meanings: what the README's table is made from. */
export const settings = z.object({
  PORT: wholeNumber(0, 65_535).prefault("3000").describe("Port of the web app; 0 takes a free one"),
  HOST: host().prefault("127.0.0.1").describe("Address of the web app"),
  PUBLIC_URL: publicAddress()
    .optional()
    .describe(
      "Address that people use, also with a path such as `https://example.com/fanfare`: in links and cookies. When not given, the host that each request names",
    ),
  DATA_DIR: z
    .string()
    .default("./data")
    .describe("SQLite file unless `DATABASE_URL` is set, and the keys that are not given"),
  DATABASE_URL: postgresUrl()
    .optional()
    .describe("`postgres://…`: the store is in that database, which any number of machines may share"),
  DATABASE_DIRECT_URL: postgresUrl()
    .optional()
    .describe("The same past a pooler, to migrate by and to hear of other processes' commits at once"),
  DATABASE_READ_URL: postgresUrl()
    .optional()
    .describe("A streaming replica of it, for lists and charts: used while it is less than 5 s behind"),
  PLATFORM_API_KEY: secretText(16)
    .optional()
    .describe("The platform's key: publishes events, manages customers; generated into DATA_DIR"),
  PLATFORM_API_KEY_PREVIOUS: secretText(16)
    .optional()
    .describe("The key before it, which is taken as well while callers change to the new one"),
  AUTH_SECRET: secretText(16).optional().describe("Signs sessions and exports; generated into DATA_DIR"),
  ENCRYPTION_KEYS: keyRing()
    .optional()
    .describe("Key ring `id:base64,…` (32 bytes each), the first one encrypts; generated into DATA_DIR"),
  PORTAL_FRAME_ANCESTORS: frameAncestors()
    .optional()
    .describe("Origins that may show portal pages in a frame, e.g. `https://app.example.com`"),
  PORTAL_ACCENT: accent()
    .optional()
    .describe(
      "Accent of portal pages in light and dark, `#4f46e5,#9495fa`; refused if text could not be read",
    ),
  PORTAL_LOGO: picture()
    .optional()
    .describe("Logo of portal pages in place of ours, `data:image/svg+xml;base64,…`, 64 KiB at most"),
  SIGN_UP: oneOf("open", "closed")
    .prefault("open")
    .describe("`closed`: only customers that the platform creates"),
  SMTP_URL: smtpUrl()
    .optional()
    .describe(
      "`smtp://user:password@host:587` or `smtps://…`: invitations, password links and what members want to hear go by mail",
    ),
  MAIL_FROM: sender().optional().describe("Whom these mails are from, such as `Fanfare <hooks@example.com>`"),
  RETRY_SCHEDULE: durations(0, 30 * day)
    .prefault("5s,5m,30m,2h,5h,10h,10h")
    .describe("Delays after the first attempt, ±20 % jitter"),
  DELIVERY_TIMEOUT: duration(100, hour)
    .prefault("15s")
    .describe("One deadline over DNS, connect, TLS, request and response"),
  DELIVERY_CONCURRENCY: wholeNumber(1, 10_000).prefault("256").describe("Requests in flight per worker"),
  WEBHOOK_CONCURRENCY: wholeNumber(1, 10_000).prefault("16").describe("Requests in flight per webhook"),
  DELIVERY_ALLOW_CIDRS: cidrs().optional().describe("Private ranges that may be targets (tests, intranets)"),
  DELIVERY_PROXY: proxyUrl()
    .optional()
    .describe(
      "`http://[user:password@]host:port` (or https): an HTTP proxy that all deliveries go out by, with CONNECT to the address that was judged",
    ),
  DELIVERY_PROXY_RESOLVES: oneOf("on", "off")
    .prefault("off")
    .describe(
      "`on`: the proxy is asked for names, and finds their addresses itself; then it has to judge them",
    ),
  EXAMPLE_RECEIVERS: httpsUrls()
    .optional()
    .describe("URLs that the form of a new webhook offers, separated by commas"),
  RATE_LIMIT: offOrCount().prefault("off").describe("Requests per minute per customer key"),
  RETENTION: duration(second, 3_650 * day)
    .prefault("30d")
    .describe("Ended deliveries and their events are pruned after this"),
  SEARCH_INDEX: oneOf("on", "off")
    .prefault("on")
    .describe("`off`: workers keep no index of what events hold, and searches read payloads one by one"),
  TRUSTED_PROXIES: cidrs().optional().describe("Ranges whose `X-Forwarded-For` is believed"),
  PLATFORM_WEBHOOK_URL: z
    .string()
    .optional()
    .describe(
      "Receives the system events; `off` or `npm start` without it removes it, a role alone without it leaves it",
    ),
  PLATFORM_WEBHOOK_SECRET: secretText(1).optional().describe("Signs the system events"),
  LOG_LEVEL: oneOf(...logLevels)
    .prefault("info")
    .describe("Level of the JSON logs"),
  METRICS_TOKEN: secretText(1).optional().describe("Bearer token for `/metrics`; without it there are none"),
});

type Settings = z.infer<typeof settings>;
export type Source = Record<string, string | undefined>;

/** Settings whose values are never repeated. */
const secretNames = new Set<string>([
  "DATABASE_URL",
  "DATABASE_DIRECT_URL",
  "DATABASE_READ_URL",
  "PLATFORM_API_KEY",
  "PLATFORM_API_KEY_PREVIOUS",
  "AUTH_SECRET",
  "ENCRYPTION_KEYS",
  "DELIVERY_PROXY",
  "PLATFORM_WEBHOOK_SECRET",
  "METRICS_TOKEN",
  "SMTP_URL",
]);

/** Settings that are wrong, a sentence each. */
export class EnvError extends StartError {
  constructor(readonly problems: string[]) {
    const count = problems.length === 1 ? "one setting is wrong" : `${problems.length} settings are wrong`;
    super([`Fanfare cannot start: ${count}.`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
  }
}

/**
 * Reads and checks the environment: the only place that does. Makes the keys that are neither given nor in
 * DATA_DIR yet. Throws an EnvError that lists everything wrong, before anything is made.
 */
export function readEnv(source: Source = process.env, options: { makesKeys?: boolean } = {}): Env {
  return toEnv(readSettings(source), source.NODE_ENV !== "development", options);
}

type DataEnv = Pick<Env, "dataDir" | "databaseUrl" | "databaseDirectUrl" | "retentionMs">;

/** Where the data is and how long it is kept, for who only looks at it: needs no keys, and makes nothing. */
export function readDataEnv(source: Source = process.env): DataEnv {
  return toDataEnv(readSettings(source));
}

function readSettings(source: Source): Settings {
  const given = readGiven(source);
  const parsed = settings.safeParse(given);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => tell(issue, given)),
    ...checkWebhook(given),
    ...checkFrames(given),
    ...checkMail(given),

    ...(given.DELIVERY_PROXY_RESOLVES === "on" && !given.DELIVERY_PROXY
      ? ["DELIVERY_PROXY_RESOLVES is on without DELIVERY_PROXY."]
      : []),
    ...(["DATABASE_DIRECT_URL", "DATABASE_READ_URL"] as const)
      .filter((name) => given[name] && !given.DATABASE_URL)
      .map((name) => `${name} is set without DATABASE_URL.`),
  ];
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);
  return parsed.data;
}

/** The same settings once a free port is found for PORT=0. */
export function atPort(env: Env, port: number): Env {
  return { ...env, port, localUrl: localUrl(env.host, port) };
}

/** What listens on every address of this machine is found by the name that every machine has for itself. */
function localUrl(host: string, port: number): string {
  const hostname = hostnameOf(host);
  return new URL(`http://${everywhere.has(hostname) ? "localhost" : hostname}:${port}`).origin;
}

const everywhere = new Set(["0.0.0.0", "[::]", "[::ffff:0:0]"]);

/** An empty value counts as not given: `NAME=` in a compose file means that. */
function readGiven(source: Source): Source {
  const names = Object.keys(settings.shape);
  return Object.fromEntries(names.map((name) => [name, source[name]?.trim() || undefined]));
}

function tell(issue: z.core.$ZodIssue, given: Source): string {
  const name = String(issue.path[0]);
  const value = name in given && !secretNames.has(name) ? `, not ${JSON.stringify(given[name])}` : "";
  return `${name} ${issue.message}${value}.`;
}

const off = "off";

/** The platform's webhook keeps the rules of every webhook. */
function checkWebhook(given: Source): string[] {
  const { PLATFORM_WEBHOOK_URL: url, PLATFORM_WEBHOOK_SECRET: secret } = given;
  if (!url || url === off)
    return secret ? ["PLATFORM_WEBHOOK_SECRET is set without PLATFORM_WEBHOOK_URL."] : [];
  const allow = (given.DELIVERY_ALLOW_CIDRS ?? "").split(",").flatMap((text) => parseCidr(text.trim()) ?? []);
  const target = checkTarget(url, allow);
  const keyIssue = keyProblem(secret ?? "");
  return [
    ...("problem" in target ? [`PLATFORM_WEBHOOK_URL cannot be used: ${target.problem}`] : []),
    ...(secret && pasteProblem(secret)
      ? ["PLATFORM_WEBHOOK_SECRET begins with v1, or holds an invisible character. Leave that out."]
      : []),
    ...(keyIssue === null ? [] : [`PLATFORM_WEBHOOK_SECRET cannot be used: ${keyIssue}`]),
  ];
}

/** Browsers keep the cookie of a framed page only where it is marked as secure. */
function checkFrames({ PORTAL_FRAME_ANCESTORS: sites, PUBLIC_URL: url }: Source): string[] {
  const isSecure = /^https:|^http:\/\/(localhost|127\.0\.0\.1)(:|\/|$)/.test(url ?? "");
  return sites && !isSecure ? ["PORTAL_FRAME_ANCESTORS needs a PUBLIC_URL that begins with https."] : [];
}

/** Links in mails lead somewhere, and mails come from somebody. */
function checkMail({ SMTP_URL: smtp, MAIL_FROM: from, PUBLIC_URL: url }: Source): string[] {
  if (!smtp) return from ? ["MAIL_FROM is set without SMTP_URL."] : [];
  return [
    ...(from ? [] : ["SMTP_URL needs MAIL_FROM, the address that mails come from."]),
    ...(url ? [] : ["SMTP_URL needs PUBLIC_URL, to which the links in mails lead."]),
  ];
}

function toEnv(given: Settings, isProduction: boolean, { makesKeys = true }: { makesKeys?: boolean }): Env {
  const data = toDataEnv(given);
  const keys = {
    platformApiKey: given.PLATFORM_API_KEY ?? null,
    authSecret: given.AUTH_SECRET ?? null,
    keyRing: given.ENCRYPTION_KEYS ?? null,
  };
  if (data.databaseUrl === null) makeFolder(data.dataDir);
  const kept = keepKeys(data.dataDir, keys, { makesKeys });
  return {
    port: given.PORT,
    host: given.HOST,
    publicUrl: given.PUBLIC_URL ?? null,
    basePath: basePathOf(given.PUBLIC_URL),
    localUrl: localUrl(given.HOST, given.PORT),
    ...data,
    databaseReadUrl: given.DATABASE_READ_URL ?? null,
    ...kept,
    platformApiKeyPrevious: given.PLATFORM_API_KEY_PREVIOUS ?? null,
    portalFrameAncestors: given.PORTAL_FRAME_ANCESTORS ?? [],
    portalAccent: given.PORTAL_ACCENT ?? null,
    portalLogo: given.PORTAL_LOGO ?? null,
    signUp: given.SIGN_UP,
    mail: given.SMTP_URL && given.MAIL_FROM ? { smtpUrl: given.SMTP_URL, mailFrom: given.MAIL_FROM } : null,
    retryScheduleMs: given.RETRY_SCHEDULE,
    deliveryTimeoutMs: given.DELIVERY_TIMEOUT,
    deliveryConcurrency: given.DELIVERY_CONCURRENCY,
    webhookConcurrency: given.WEBHOOK_CONCURRENCY,
    deliveryAllowCidrs: given.DELIVERY_ALLOW_CIDRS ?? [],
    deliveryProxy: given.DELIVERY_PROXY
      ? { ...given.DELIVERY_PROXY, resolvesNames: given.DELIVERY_PROXY_RESOLVES === "on" }
      : null,
    exampleReceivers: given.EXAMPLE_RECEIVERS ?? [],
    rateLimit: given.RATE_LIMIT.limit,
    hasSearchIndex: given.SEARCH_INDEX === "on",
    trustedProxies: given.TRUSTED_PROXIES ?? [],
    platformWebhook: toPlatformWebhook(given),
    logLevel: given.LOG_LEVEL,
    metricsToken: given.METRICS_TOKEN ?? null,
    isProduction,
  };
}

const toDataEnv = (given: Settings): DataEnv => ({
  dataDir: resolve(given.DATA_DIR),
  databaseUrl: given.DATABASE_URL ?? null,
  databaseDirectUrl: given.DATABASE_DIRECT_URL ?? null,
  retentionMs: given.RETENTION,
});

function toPlatformWebhook({ PLATFORM_WEBHOOK_URL: url, PLATFORM_WEBHOOK_SECRET: secret }: Settings) {
  if (url === undefined) return null;
  return url === off ? off : { url, secret: secret ?? null };
}
