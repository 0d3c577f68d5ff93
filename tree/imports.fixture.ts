import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseAst } from "vitest/node";

/** Two paths from the top of the tree, the second without its ending where the import leaves it out. */
export type Import = { from: string; to: string };

const isCode = (file: string) => /\.(ts|tsx|mjs)$/.test(file);

/** Every file of code that is, or would be, committed. */
export const codeFiles = () =>
  execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { encoding: "utf8" })
    .split("\n")
    .filter((file) => isCode(file) && existsSync(file));

/** What files of the tree import of one another: values and types, at once or later. */
export function readImports(): Import[] {
  return codeFiles().flatMap((from) =>
    importedBy(from, readFileSync(from, "utf8")).map((to) => ({ from, to })),
  );
}

/** The paths that a file imports, from the top of the tree; packages are left out. */
export function importedBy(file: string, text: string): string[] {
  const sources = [...sourcesIn(parseAst(text, { lang: file.endsWith("x") ? "tsx" : "ts" }))];
  return sources.flatMap((source) => {
    if (source.startsWith("@/")) return source.slice(2);
    return source.startsWith(".") ? posix.join(posix.dirname(file), source) : [];
  });
}

/** `source` is what every kind of import and export has, also `import(…)` and a type's. */
function* sourcesIn(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  const { source } = value as { source?: { type?: string; value?: unknown } };
  if (source?.type === "Literal" && typeof source.value === "string") yield source.value;
  for (const inner of Object.values(value)) yield* sourcesIn(inner);
}

/** The groups of places that lead to one another, each sorted. */
export function circlesOf(ways: Iterable<readonly [from: string, to: string]>): string[][] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of ways) next.set(from, (next.get(from) ?? new Set()).add(to));
  const reach = new Map([...next.keys()].map((place) => [place, reachedFrom(place, next)]));
  const circles = [...reach].map(([place, reached]) =>
    [...reached].filter((other) => reach.get(other)?.has(place)).sort(),
  );
  return [...new Set(circles.filter(({ length }) => length > 0).map((circle) => circle.join()))].map(
    (circle) => circle.split(","),
  );
}

function reachedFrom(place: string, next: Map<string, Set<string>>): Set<string> {
  const reached = new Set<string>();
  const open = [place];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const other of next.get(at) ?? []) {
      if (!reached.has(other)) open.push(other);
      reached.add(other);
    }
  }
  return reached;
}
