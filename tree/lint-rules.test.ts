import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, matchesGlob, posix } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

/*
 * Each rule about imports is broken here by a small file, in every spelling of the path, and kept by another one.
 * They stand in a scratch folder under biome.json as it is.
 */

/** The place is a folder, or a file that a rule is about. */
type Import = [place: string, target: string];

type Case = { rule: string; breaks: Import; keeps: Import[] };

const cases: Case[] = [
  { rule: "sql", breaks: ["server/api", "drizzle-orm/sqlite-core"], keeps: [["db/sqlite", "drizzle-orm"]] },
  {
    rule: "driver",
    breaks: ["sim", "better-sqlite3"],
    keeps: [
      ["db/sqlite", "better-sqlite3"],
      ["chaos/product", "better-sqlite3"],
    ],
  },
  {
    rule: "sqlite",
    breaks: ["server/process", "db/sqlite/store"],
    keeps: [
      ["db", "db/sqlite/store"],
      ["sim", "db/sqlite/store"],
    ],
  },
  {
    rule: "concrete-store",
    breaks: ["server/process", "db/open"],
    keeps: [["server/process/runtime.ts", "db/open"]],
  },
  { rule: "store", breaks: ["server/api/rest", "db/audit"], keeps: [["server/api/rest", "db/store"]] },
  {
    rule: "engine",
    breaks: ["server/process", "server/engine/engine"],
    keeps: [["server/process/worker.ts", "server/engine/engine"]],
  },
  { rule: "app", breaks: ["server/process", "app/_trpc/server"], keeps: [["app/docs", "app/_trpc/server"]] },
  {
    rule: "app-asks",
    breaks: ["app/docs", "db/store"],
    keeps: [
      ["app/docs", "server/api/router"],
      ["app/readyz", "server/process/runtime"],
    ],
  },
  {
    rule: "client",
    breaks: ["app/_components/ui", "server/api/trpc"],
    keeps: [["app/_components/ui", "domain/errors"]],
  },
  {
    rule: "engine-knows",
    breaks: ["server/engine", "server/auth/keys"],
    keeps: [["server/engine", "domain/errors"]],
  },
  {
    rule: "auth-knows",
    breaks: ["server/auth", "server/api/context"],
    keeps: [["server/auth", "server/process/runtime"]],
  },
  {
    rule: "http",
    breaks: ["server/http", "server/auth/keys"],
    keeps: [
      ["server/http", "domain/errors"],
      ["server/http", "server/process/log"],
    ],
  },
  {
    rule: "front-knows",
    breaks: ["server/front", "server/process/env"],
    keeps: [["server/front", "domain/errors"]],
  },
  {
    rule: "process-parts",
    breaks: ["server/api", "server/process/supervisor"],
    keeps: [
      ["server/api", "server/process/env"],
      ["server/auth", "server/process/log"],
    ],
  },
  {
    rule: "tools",
    breaks: ["server/auth", "testing/receiver"],
    keeps: [
      ["server/auth/x.test.ts", "testing/receiver"],
      ["server/process", "scripts/base-path.mjs"],
    ],
  },
  {
    rule: "db",
    breaks: ["db", "server/process/log"],
    keeps: [
      ["db", "domain/errors"],
      ["db/x.test.ts", "testing/receiver"],
    ],
  },
  {
    rule: "domain",
    breaks: ["domain/delivery", "server/process/log"],
    keeps: [
      ["domain/delivery", "domain/errors"],
      ["domain", "domain/delivery/decide"],
      ["domain/queue", "zod"],
    ],
  },
  {
    rule: "testing",
    breaks: ["testing", "server/auth/keys"],
    keeps: [["testing", "server/process/is-running"]],
  },
  { rule: "e2e", breaks: ["e2e", "domain/errors"], keeps: [["e2e", "testing/app"]] },
  {
    rule: "model",
    breaks: ["sim/model", "domain/delivery/decide"],
    keeps: [["sim/model", "domain/delivery/outcome"]],
  },
  {
    rule: "package",
    breaks: ["client/src", "domain/errors"],
    keeps: [["client/src/x.test.ts", "domain/errors"]],
  },
  {
    rule: "scripts",
    breaks: ["scripts/x.mjs", "server/process/log"],
    keeps: [["scripts/y.mjs", "scripts/run.mjs"]],
  },
];

const root = dirname(import.meta.dirname);
const scratch = mkdtempSync(join(tmpdir(), "fanfare-lint-"));
afterAll(() => rmSync(scratch, { recursive: true }));

for (const part of ["biome.json", "package.json", "tsconfig.json", "scripts/imports"]) {
  cpSync(join(root, part), join(scratch, part), { recursive: true });
}
for (const { rule, breaks, keeps } of cases) {
  write(fileOf(rule, "breaks", breaks), spellings(breaks));
  for (const [index, kept] of keeps.entries())
    write(fileOf(rule, `keeps-${index}`, kept), plainSpellings(kept));
}
write("domain/here.ts", ['import type { There } from "@/domain/there";', "export type Here = There[];"]);
write("domain/there.ts", ['import type { Here } from "./here";', "export type There = Here[];"]);
const diagnostics = lint();

describe("an import across rooms", () => {
  test.each(cases)("that breaks the rule $rule is told in every spelling", ({ rule, breaks }) => {
    const file = fileOf(rule, "breaks", breaks);
    const told = spellings(breaks).map((line, index) => [line, messagesAt(file, index + 1)]);
    expect(told).toEqual(spellings(breaks).map((line) => [line, [messageOf(rule)]]));
  });

  const kept = cases.flatMap(({ rule, keeps }) => keeps.map((each, index) => ({ rule, index, each })));
  test.each(kept)("that keeps the rule $rule passes: $each", ({ rule, index, each }) => {
    const file = fileOf(rule, `keeps-${index}`, each);
    const told = plainSpellings(each).map((line, at) => [line, messagesAt(file, at + 1)]);
    expect(told).toEqual(plainSpellings(each).map((line) => [line, []]));
  });
});

test("a circle of files is told, through the alias and of types too", () => {
  const circular = diagnostics.filter(({ category }) => category === "lint/suspicious/noImportCycles");
  expect(circular.map(({ location }) => location.path).sort()).toEqual(["domain/here.ts", "domain/there.ts"]);
});

describe("biome.json", () => {
  const configuration = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  const plugins: { path: string; includes: string[] }[] = configuration.plugins;
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((file) => existsSync(join(root, file)));

  test("has no rule about imports that is not broken here", () => {
    expect(plugins.map(({ path }) => basename(path, ".grit")).sort()).toEqual(
      cases.map(({ rule }) => rule).sort(),
    );
  });

  test("names files that exist, and so do its rules", () => {
    const overrides: { includes: string[] }[] = configuration.overrides;
    const patterns = [...plugins, ...overrides].flatMap(({ includes }) => includes);
    const names = cases.flatMap(({ rule }) => namesIn(readFileSync(pathOf(rule), "utf8")));
    const parts = new Set(files.flatMap((file) => file.split(/[/.]/)));
    expect(
      patterns.filter((pattern) => !files.some((file) => matchesGlob(file, pattern.replace(/^!/, "")))),
    ).toEqual([]);
    expect(names.filter((name) => !parts.has(name))).toEqual([]);
    expect(names).toContain("is-running");
  });
});

/** Where the import stands: in a file of its own, unless the rule is about one file. */
function fileOf(rule: string, kind: string, [place]: Import): string {
  return posix.extname(place) ? place : `${place}/${rule}-${kind}.ts`;
}

/** The import, a line each: every way to write its path, and with the plain ones every way to import. */
function spellings(each: Import): string[] {
  const [place, target] = each;
  if (isPackage(target)) return plainSpellings(each);
  const up = "../".repeat(folderOf(place).split("/").length);
  const odd = [`./${relativePath(each)}`, up + target, `${relativePath(each)}.js`];
  return [
    ...plainSpellings(each),
    ...odd.map((path, index) => `import { a as odd${index} } from "${path}";`),
  ];
}

/** As people and editors write it: through the alias, or from the importing folder. */
function plainSpellings(each: Import): string[] {
  const [, target] = each;
  const paths = isPackage(target) ? [target] : [`@/${target}`, relativePath(each)];
  return paths.flatMap((path, index) => [
    `import { a as a${index} } from "${path}";`,
    `export { b as b${index} } from "${path}";`,
    `export * from "${path}";`,
    `import "${path}";`,
    `export const c${index} = import("${path}");`,
  ]);
}

function relativePath([place, target]: Import): string {
  const path = posix.relative(folderOf(place), target);
  return path.startsWith("../") ? path : `./${path}`;
}

function folderOf(place: string): string {
  return posix.extname(place) ? posix.dirname(place) : place;
}

function isPackage(target: string): boolean {
  return !existsSync(join(root, target.split("/")[0] ?? ""));
}

function write(file: string, lines: string[]): void {
  mkdirSync(join(scratch, dirname(file)), { recursive: true });
  writeFileSync(join(scratch, file), `${lines.join("\n")}\n`);
}

type Diagnostic = { category: string; message: string; location: { path: string; start: { line: number } } };

function lint(): Diagnostic[] {
  const options = ["--reporter=json", "--max-diagnostics=none", "--vcs-enabled=false"];
  const biome = join(root, "node_modules/.bin/biome");
  const { stdout, stderr } = spawnSync(biome, ["lint", ...options, "."], { cwd: scratch, encoding: "utf8" });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout).diagnostics;
}

function messagesAt(file: string, line: number): string[] {
  return diagnostics
    .filter(({ category }) => category === "plugin")
    .filter(({ location }) => location.path === file && location.start.line === line)
    .map(({ message }) => message);
}

const pathOf = (rule: string) => join(root, "scripts/imports", `${rule}.grit`);

const messageOf = (rule: string) => /message="(.*?)"/.exec(readFileSync(pathOf(rule), "utf8"))?.[1];

/** The rooms and files that a rule's patterns name. */
function namesIn(rule: string): string[] {
  const patterns = [...rule.matchAll(/r"(.*?[^\\])"/g)].map(([, pattern = ""]) => pattern);
  const words = patterns.flatMap(
    (pattern) => pattern.replace(/\[.*?\]|\\\.\w+/g, "").match(/[a-z_][\w:-]+/g) ?? [],
  );
  return words.filter((word) => !outside.includes(word));
}

/** Packages, and what the build makes. */
const outside = ["drizzle-orm", "better-sqlite3", "node:crypto", "zod", "dist"];
