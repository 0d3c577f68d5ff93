import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { atPort, EnvError, readEnv } from "./env";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "fanfare-env-"));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

const read = (given: Record<string, string> = {}) => readEnv({ DATA_DIR: dataDir, ...given });

function problems(given: Record<string, string>): string[] {
  try {
    read(given);
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
}

const key = Buffer.alloc(32, 7).toString("base64");
const minute = 60_000;
const hour = 60 * minute;

describe("defaults", () => {
  test("everything has one", () => {
    expect(read()).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      publicUrl: null,
      basePath: "",
      localUrl: "http://127.0.0.1:3000",
      dataDir,
      signUp: "open",
      mail: null,
      retryScheduleMs: [5_000, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour],
      deliveryTimeoutMs: 15_000,
      deliveryConcurrency: 256,
      webhookConcurrency: 16,
      deliveryAllowCidrs: [],
      exampleReceivers: [],
      rateLimit: null,
      retentionMs: 30 * 24 * hour,
      hasSearchIndex: true,
      trustedProxies: [],
      platformWebhook: null,
      logLevel: "info",
      metricsToken: null,
      isProduction: true,
    });
  });

  test("an empty value counts as not given", () => {
    expect(read({ PORT: "", DATABASE_URL: "", METRICS_TOKEN: " " })).toMatchObject({
      port: 3000,
      metricsToken: null,
    });
  });

  test("the address on this machine follows host and port", () => {
    expect(read({ HOST: "::1", PORT: "8080" }).localUrl).toBe("http://[::1]:8080");
    expect(read({ PORT: "80" }).localUrl).toBe("http://127.0.0.1");
  });

  test.each(["0.0.0.0", "::", "0:0:0:0:0:0:0:0", "0", "::ffff:0.0.0.0"])(
    "what listens everywhere, as %s, is found by a name that a browser can open",
    (host) => expect(read({ HOST: host }).localUrl).toBe("http://localhost:3000"),
  );

  test("a free port that is found for PORT=0 becomes part of the address on this machine, and of no other", () => {
    const local = { port: 4711, localUrl: "http://127.0.0.1:4711" };
    expect(atPort(read({ PORT: "0" }), 4711)).toMatchObject({ ...local, publicUrl: null });
    const given = read({ PORT: "0", PUBLIC_URL: "https://hooks.example.com/" });
    expect(atPort(given, 4711)).toMatchObject({ ...local, publicUrl: "https://hooks.example.com" });
  });

  test.each([
    ["https://example.com/fanfare", "/fanfare"],
    ["https://example.com/fanfare/", "/fanfare"],
    ["http://example.com:8080/api/web-hooks_1.0", "/api/web-hooks_1.0"],
    ["https://example.com/", ""],
  ])("the public address %s has the path %j", (publicUrl, basePath) => {
    const address = publicUrl.replace(/\/$/, "");
    expect(read({ PUBLIC_URL: publicUrl })).toMatchObject({ publicUrl: address, basePath });
  });
});

describe("values", () => {
  test("durations take units from milliseconds to days", () => {
    const env = read({ RETRY_SCHEDULE: "0s, 250ms,1.5s,2m,3h,1d", DELIVERY_TIMEOUT: "2s", RETENTION: "7d" });
    expect(env.retryScheduleMs).toEqual([0, 250, 1_500, 2 * minute, 3 * hour, 24 * hour]);
    expect(env.deliveryTimeoutMs).toBe(2_000);
    expect(env.retentionMs).toBe(7 * 24 * hour);
  });

  test("address ranges are kept as written", () => {
    const env = read({ DELIVERY_ALLOW_CIDRS: "127.0.0.0/8, ::1/128", TRUSTED_PROXIES: "10.0.0.1" });
    expect(env.deliveryAllowCidrs).toEqual(["127.0.0.0/8", "::1/128"]);
    expect(env.trustedProxies).toEqual(["10.0.0.1"]);
  });

  test("a proxy is taken apart, its password decoded", () => {
    const given = { DELIVERY_PROXY: "http://bank%40user:p%3Ass@proxy.example:3128" };
    const authorization = `Basic ${Buffer.from("bank@user:p:ss").toString("base64")}`;
    const proxy = { host: "proxy.example", port: 3128, isTls: false, authorization, resolvesNames: false };
    expect(read(given).deliveryProxy).toEqual(proxy);
    const byName = read({ DELIVERY_PROXY: "https://[::1]:443/", DELIVERY_PROXY_RESOLVES: "on" });
    const other = { host: "::1", port: 443, isTls: true, authorization: null, resolvesNames: true };
    expect(byName.deliveryProxy).toEqual(other);
    expect(read({}).deliveryProxy).toBeNull();
    expect(problems({ DELIVERY_PROXY_RESOLVES: "on" })).toEqual([
      "DELIVERY_PROXY_RESOLVES is on without DELIVERY_PROXY.",
    ]);
  });

  test("a key ring keeps its order", () => {
    const env = read({ ENCRYPTION_KEYS: `new:${key},old:${Buffer.alloc(32, 8).toString("base64")}` });
    expect(env.keyRing.map(({ id }) => id)).toEqual(["new", "old"]);
    expect(env.keyRing[0]?.key).toEqual(new Uint8Array(Buffer.alloc(32, 7)));
  });

  test("the rate limit is off or a number", () => {
    expect(read({ RATE_LIMIT: "off" }).rateLimit).toBeNull();
    expect(read({ RATE_LIMIT: "600" }).rateLimit).toBe(600);
  });

  test("the platform's webhook keeps the rules of every webhook", () => {
    const url = "https://platform.example.com/hooks";
    expect(read({ PLATFORM_WEBHOOK_URL: url }).platformWebhook).toEqual({ url, secret: null });
    expect(problems({ PLATFORM_WEBHOOK_URL: "http://platform.example.com" })).toHaveLength(1);
    expect(problems({ PLATFORM_WEBHOOK_URL: "https://127.0.0.1/" })).toHaveLength(1);
    expect(read({ PLATFORM_WEBHOOK_URL: "off" }).platformWebhook).toBe("off");
    expect(
      problems({ PLATFORM_WEBHOOK_URL: "off", PLATFORM_WEBHOOK_SECRET: "none to sign with" }),
    ).toHaveLength(1);
    const allowed = { PLATFORM_WEBHOOK_URL: "https://127.0.0.1/", DELIVERY_ALLOW_CIDRS: "127.0.0.0/8" };
    expect(problems(allowed)).toEqual([]);
  });
});

describe("Postgres", () => {
  const url = "postgres://fanfare:hunter2@localhost:5432/fanfare";
  const keys = {
    PLATFORM_API_KEY: "a platform key of mine",
    AUTH_SECRET: "a secret of mine and ours",
    ENCRYPTION_KEYS: `k1:${key}`,
  };

  test("is where the URL says, and past a pooler where the other one does", () => {
    const direct = "postgresql://fanfare:hunter2@db.internal/fanfare";
    expect(read({ DATABASE_URL: url, DATABASE_DIRECT_URL: direct })).toMatchObject({
      databaseUrl: url,
      databaseDirectUrl: direct,
    });
    expect(read()).toMatchObject({ databaseUrl: null, databaseDirectUrl: null });
    expect(problems({ DATABASE_DIRECT_URL: direct })).toEqual([
      "DATABASE_DIRECT_URL is set without DATABASE_URL.",
    ]);
  });

  test("has a replica where a third URL says", () => {
    const replica = "postgres://fanfare:hunter2@replica.internal/fanfare";
    expect(read({ DATABASE_URL: url, DATABASE_READ_URL: replica }).databaseReadUrl).toBe(replica);
    expect(read({ DATABASE_URL: url }).databaseReadUrl).toBeNull();
    expect(problems({ DATABASE_READ_URL: replica })).toEqual([
      "DATABASE_READ_URL is set without DATABASE_URL.",
    ]);
  });

  test("needs no folder when all keys are given, and one when any is not", () => {
    const absent = join(dataDir, "absent");
    const given = { DATA_DIR: absent, DATABASE_URL: url, ...keys };
    expect(readEnv(given)).toMatchObject({ databaseUrl: url, authSecret: keys.AUTH_SECRET });
    expect(existsSync(absent)).toBe(false);
    readEnv({ ...given, AUTH_SECRET: "" });
    expect(readdirSync(absent)).toEqual(["auth-secret"]);
  });

  test("makes no keys for a command about data that is there: a key that is missed is named", () => {
    const absent = join(dataDir, "absent");
    const given = { DATA_DIR: absent, DATABASE_URL: url, ...keys, AUTH_SECRET: "" };
    expect(() => readEnv(given, { makesKeys: false })).toThrow(/auth-secret cannot be used: it is not there/);
    expect(existsSync(absent)).toBe(false);
  });
});

describe("refusals", () => {
  test.each([
    ["PORT", "65536"],
    ["PORT", "80a"],
    ["HOST", "http://localhost"],
    ["PUBLIC_URL", "hooks.example.com"],
    ["PUBLIC_URL", "https://example.com/hooks?a=1"],
    ["PUBLIC_URL", "https://example.com/a//b"],
    ["PUBLIC_URL", "https://example.com/a%20b"],
    ["PUBLIC_URL", "https://example.com/webhooks"],
    ["PUBLIC_URL", "https://example.com/api/trpc/x"],
    ["PUBLIC_URL", "https://example.com/api"],
    ["SIGN_UP", "maybe"],
    ["RETRY_SCHEDULE", "5s,,5m"],
    ["RETRY_SCHEDULE", "5"],
    ["DELIVERY_TIMEOUT", "0s"],
    ["DELIVERY_CONCURRENCY", "0"],
    ["WEBHOOK_CONCURRENCY", "-1"],
    ["DELIVERY_ALLOW_CIDRS", "10.0.0.0/33"],
    ["EXAMPLE_RECEIVERS", "https://example.com,http://example.com"],
    ["RATE_LIMIT", "0"],
    ["RETENTION", "soon"],
    ["SEARCH_INDEX", "maybe"],
    ["TRUSTED_PROXIES", "proxy"],
    ["LOG_LEVEL", "loud"],
  ])("%s=%s is refused and named", (name, value) => {
    const [problem, ...rest] = problems({ [name]: value });
    expect(rest).toEqual([]);
    expect(problem).toContain(`${name} must be`);
    expect(problem).toContain(JSON.stringify(value));
  });

  test.each([
    ["PLATFORM_API_KEY", "too-short"],
    ["AUTH_SECRET", "too-short"],
    ["ENCRYPTION_KEYS", "k1:c2hvcnQ="],
    ["ENCRYPTION_KEYS", `k1:${key},k1:${key}`],
    ["DATABASE_URL", "mysql://fanfare:hunter2@localhost/fanfare"],
    ["DATABASE_DIRECT_URL", "postgres://fanfare:hunter 2@localhost/fanfare"],
    ["DATABASE_READ_URL", "fanfare:hunter2@localhost/fanfare"],
    ["DELIVERY_PROXY", "http://fanfare:hunter2@proxy.example"],
    ["DELIVERY_PROXY", "socks5://fanfare:hunter2@proxy.example:1080"],
    ["DELIVERY_PROXY", "http://fanfare:hunter2@proxy.example:3128/path"],
  ])("a wrong %s is refused without repeating it", (name, value) => {
    const [problem] = problems({ [name]: value });
    expect(problem).toContain(name);
    expect(problem).not.toContain(value);
  });

  test("everything wrong is told at once, and nothing is made", () => {
    const wrong = { PORT: "x", SIGN_UP: "maybe", PLATFORM_WEBHOOK_SECRET: "secret of nothing" };
    expect(problems(wrong)).toHaveLength(3);
    expect(() => read(wrong)).toThrow(/3 settings are wrong\.\n {2}PORT must/);
    expect(readdirSync(dataDir)).toEqual([]);
  });
});
