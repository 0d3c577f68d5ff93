import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function below(basePath: string) {
  vi.stubEnv("BASE_PATH", basePath);
  return import("./site-path");
}

test("below a path, what the browser asks for begins with it, and what pages know does not", async () => {
  const { sitePath, ownPath, cookiePath } = await below("/fanfare");
  expect(sitePath("/readyz")).toBe("/fanfare/readyz");
  expect(ownPath({ pathname: "/fanfare/dashboard" })).toBe("/dashboard");
  expect(ownPath({ pathname: "/fanfare" })).toBe("/");
  expect(ownPath({ pathname: "/dashboard" })).toBe("/dashboard");
  expect(cookiePath).toBe("/fanfare");
});

test("without one, nothing changes", async () => {
  const { sitePath, ownPath, cookiePath } = await below("");
  expect(sitePath("/readyz")).toBe("/readyz");
  expect(ownPath({ pathname: "/dashboard" })).toBe("/dashboard");
  expect(cookiePath).toBe("/");
});

/** What the browser takes as it is, unlike Next's links, routes and redirects. */
const asWritten =
  /fetch\([`"]\/|\b(assign|replace)\([`"]\/|\.href = [`"]\/|<(a|form|img)\b[^>]*\b(href|action|src)=(\{?[`"]\/)|new EventSource\([`"]\/|\burl = [`"]\/api/;

test("no address of ours is written past sitePath", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const wrong = files.filter((name) => {
    return !name.endsWith(".test.ts") && asWritten.test(readFileSync(join("app", name), "utf8"));
  });
  expect(files.length).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});
