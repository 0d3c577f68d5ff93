import { openStore } from "@/db/open";
import { createIds } from "@/server/process/ids";
import { createLog } from "@/server/process/log";
import { type AuthEnv, createAuth } from "./auth";
import { answerAuth } from "./handle";

export const publicUrl = "https://hooks.example";
export const platformApiKey = "fp_platform-key-for-tests";

/** Auth over a real store in memory, with a clock to turn, and a browser to send requests with. */
export async function openAuth(options: Partial<AuthEnv> = {}, log = createLog("test", "silent")) {
  let nowMs = Date.now();
  const clock = () => nowMs;
  const { store, openAuthAdapter } = await openStore({ dataDir: ":memory:", clock });
  const env = {
    publicUrl,
    basePath: "",
    localUrl: "http://127.0.0.1:3000",
    host: "127.0.0.1",
    platformApiKey,
    platformApiKeyPrevious: null,
    authSecret: "a secret of a test, of forty characters.",
    portalFrameAncestors: [],
    signUp: "open" as const,
    rateLimit: null,
    trustedProxies: [],
    ...options,
  };
  const auth = createAuth({ env, openAuthAdapter, store, clock, newId: createIds(clock), log });
  return {
    auth,
    store,
    turnClock: (ms: number) => {
      nowMs += ms;
    },
    browser: (client = "192.0.2.1") => openBrowser(auth, client),
  };
}

/** Keeps cookies as a browser does, and asks over the real handler. `client` is its address. */
function openBrowser(auth: ReturnType<typeof createAuth>, client: string) {
  const site = auth.env.publicUrl ?? auth.env.localUrl;
  const jar = new Map<string, string>();
  const headers = () =>
    new Headers({
      "x-fanfare-client": client,
      ...(jar.size > 0 && { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") }),
    });

  function keep(setCookies: string[]): void {
    for (const setCookie of setCookies) {
      const [pair = "", ...attributes] = setCookie.split("; ");
      const [name = "", ...value] = pair.split("=");
      if (attributes.includes("Max-Age=0")) jar.delete(name);
      else jar.set(name, value.join("="));
    }
  }

  async function send(request: Request) {
    const response = await answerAuth(auth, request);
    keep(response.headers.getSetCookie());
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  return {
    headers,
    keep,
    get: (path: string) => send(new Request(`${site}/api/auth${path}`, { headers: headers() })),
    post(path: string, body: unknown = {}, extra: Record<string, string> = {}) {
      const all = headers();
      all.set("content-type", "application/json");
      all.set("origin", new URL(site).origin);
      for (const [name, value] of Object.entries(extra)) all.set(name, value);
      const init = { method: "POST", headers: all, body: JSON.stringify(body) };
      return send(new Request(`${site}/api/auth${path}`, init));
    },
  };
}
