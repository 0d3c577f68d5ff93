import { ann } from "@/db/actor.kit";
import { openStore } from "@/db/open";
import type { FieldError } from "@/domain/errors";
import { eventTypeNames } from "@/domain/event/catalogue";
import { createAuth } from "@/server/auth/auth";
import { handleAuth } from "@/server/auth/handle";
import { createPortalLink, redeemPortalLink } from "@/server/auth/portal-link";
import type { Env } from "@/server/process/env";
import { createIds } from "@/server/process/ids";
import { createLog } from "@/server/process/log";
import { type Runtime, runtime } from "@/server/process/runtime";
import { createChangeFeed } from "./live/change-feed";
import { createStreamPlaces } from "./live/stream-places";
import { handleRest } from "./rest/handle";
import { handleTrpc } from "./trpc-http/handle";

export const publicUrl = "https://hooks.example";
export const platformKey = "fp_the-platform-key-of-a-test";

const env: Env = {
  port: 3000,
  host: "127.0.0.1",
  publicUrl,
  basePath: "",
  localUrl: "http://127.0.0.1:3000",
  dataDir: ":memory:",
  databaseUrl: null,
  databaseDirectUrl: null,
  databaseReadUrl: null,
  platformApiKey: platformKey,
  platformApiKeyPrevious: null,
  authSecret: "a secret of a test, of forty characters.",
  keyRing: [{ id: "test", key: new Uint8Array(32).fill(7) }],
  portalFrameAncestors: [],
  portalAccent: null,
  portalLogo: null,
  signUp: "open",
  mail: null,
  retryScheduleMs: [5_000],
  deliveryTimeoutMs: 1_000,
  deliveryConcurrency: 256,
  webhookConcurrency: 16,
  deliveryAllowCidrs: [],
  deliveryProxy: null,
  exampleReceivers: [],
  rateLimit: null,
  retentionMs: 30 * 24 * 3600 * 1000,
  hasSearchIndex: true,
  trustedProxies: [],
  platformWebhook: null,
  logLevel: "silent",
  metricsToken: null,
  isProduction: true,
};

/** The API over a real store, in memory unless told, on a clock that the test turns. */
export async function openApi(changes: Partial<Env> = {}) {
  const clock = { now: Date.now() };
  const now = () => clock.now;
  const full = { ...env, ...changes };
  const { store, openAuthAdapter, replica } = await openStore({
    ...full,
    clock: now,
    elapsed: now,
  });
  const parts = { store, clock: now, newId: createIds(now), log: createLog("test", "silent") };
  const auth = createAuth({ ...parts, env: full, openAuthAdapter });
  const runtime: Runtime = {
    ...parts,
    env: full,
    auth,
    replica,
    changes: createChangeFeed(store),
    streams: createStreamPlaces(),
    mailer: null,
    random: () => 0.5,
    ring: env.keyRing,
    version: "0.0.0",
  };
  Object.assign(globalThis, { fanfare: runtime });
  return {
    runtime,
    store,
    clock,
    rest,
    trpc,
    newCustomer,
    newWebhook,
    signUp,
    openPortal,
    close: () => store.close(),
  };
}

export type Api = Awaited<ReturnType<typeof openApi>>;

export type Asked = {
  /** The platform's unless told; null for none. */
  key?: string | null;
  headers?: Record<string, string>;
  /** What the body says, as JSON. */
  json?: unknown;
  /** A body that is no JSON, or not as `JSON.stringify` would write it. */
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream;
};

/** Asks over REST. */
export async function rest<Body = unknown>(method: string, path: string, asked: Asked = {}) {
  const response = await handleRest(toRequest(method, path, asked));
  const text = await response.text();
  const body: Body = text === "" ? null : JSON.parse(text);
  return { status: response.status, headers: response.headers, body };
}

/** Asks over tRPC, as its own client would without batching. */
export async function trpc<Data = unknown>(
  type: "query" | "mutation",
  name: string,
  input?: unknown,
  asked: Asked = {},
) {
  const query =
    type === "query" && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const body = type === "mutation" ? { json: input ?? {} } : {};
  const method = type === "query" ? "GET" : "POST";
  const response = await handleTrpc(toRequest(method, `/api/trpc/${name}${query}`, { ...body, ...asked }));
  const answer: TrpcAnswer<Data> = await response.json();
  return {
    status: response.status,
    headers: response.headers,
    data: answer.result?.data,
    error: answer.error,
  };
}

type TrpcAnswer<Data> = {
  result?: { data: Data };
  error?: { message: string; data: { code: string; httpStatus: number; errors?: FieldError[] } };
};

export function toRequest(method: string, path: string, asked: Asked): Request {
  const { key = platformKey, json, headers: extra } = asked;
  const body = json === undefined ? asked.body : JSON.stringify(json);
  const headers = new Headers({ "x-fanfare-client": someAddress() });
  if (key !== null) headers.set("x-api-key", key);
  if (body !== undefined) headers.set("content-type", "application/json");
  for (const [name, value] of Object.entries(extra ?? {})) headers.set(name, value);
  const stream = body instanceof ReadableStream ? { duplex: "half" } : {}; // undici asks for it
  return new Request(`${publicUrl}${path}`, { method, headers, body, ...stream });
}

let asked = 0;

// Wrong keys are limited per network, which is of no interest here.
function someAddress(): string {
  asked += 1;
  return `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`;
}

/** A customer with a key. */
async function newCustomer(): Promise<{ id: string; key: string }> {
  const customer = await rest<{ id: string }>("POST", "/customers", { json: { name: "Northwind" } });
  const path = `/customers/${customer.body.id}/api-keys`;
  const made = await rest<{ key: string }>("POST", path, { json: {} });
  return { id: customer.body.id, key: made.body.key };
}

/** A webhook of the customer whose key it is; answers its id. */
async function newWebhook(
  key: string,
  fields: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<string> {
  const json = { webhook_url: "https://receiver.example/hook", events: [...eventTypeNames], ...fields };
  const made = await rest<{ id: string }>("POST", "/webhooks", { key, json, headers });
  return made.body.id;
}

/** Signs somebody up and answers the cookie of the session: an owner, unless an invitation's link says else. */
async function signUp(email: string, link?: string): Promise<string> {
  const invitation = link?.split("/").at(-1);
  const json = { name: "Ada", email, password: "correct horse battery", invitation };
  const asked = { key: null, json, headers: { origin: publicUrl } };
  return cookieOf(await handleAuth(toRequest("POST", "/api/auth/sign-up/email", asked)));
}

/** Opens the dashboard of a customer by a portal link; answers the cookie. */
async function openPortal(customerId: string): Promise<string> {
  const { auth } = runtime();
  const link = await createPortalLink(auth, customerId, 60_000, ann);
  const opened = link && (await redeemPortalLink(auth, new Headers(), link.path.split("/").at(-1) ?? ""));
  return (opened?.cookies ?? []).map(toPair).join("; ");
}

const cookieOf = (response: Response) => response.headers.getSetCookie().map(toPair).join("; ");

const toPair = (setCookie: string) => setCookie.split(";")[0] ?? "";
