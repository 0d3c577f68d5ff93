import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { build } from "@/scripts/build.mjs";

beforeAll(() => build());

/** A piece of the build with all that is loaded with it at once. */
function loadedWith(file: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file)) return seen;
  const code = readFileSync(file, "utf8");
  seen.set(file, code);
  for (const [, path = ""] of code.matchAll(/^(?:import|export) [^;]*?["'](\.[^"']+)["'];/gm))
    loadedWith(join(file, "..", path), seen);
  return seen;
}

const sqliteDriver = /^import .*["']better-sqlite3["']/m;
/** Bundled, with a remark of where it comes from. */
const postgresDriver = /node_modules\/pg\/lib/;

test.each(["web", "worker", "audit", "reset-link", "rotate-keys", "pages"])(
  "the %s process loads no database's driver before it knows which one it needs",
  (entry) => {
    const loaded = [...loadedWith(`dist/${entry}.mjs`).values()].join("\n");
    expect(loaded).toContain("DATABASE_URL");
    expect(loaded).not.toMatch(sqliteDriver);
    expect(loaded).not.toMatch(postgresDriver);
  },
);

test("both drivers are in the build, under the names that are looked for", () => {
  const pieces = readdirSync("dist/shared").map((name) => readFileSync(join("dist/shared", name), "utf8"));
  for (const sign of [sqliteDriver, postgresDriver])
    expect(pieces.some((code) => sign.test(code))).toBe(true);
});
