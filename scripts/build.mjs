import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alone } from "./alone.mjs";
import { fail, root, runTool, say } from "./run.mjs";

/** What a build is made from. */
const sources = [
  "app",
  "db",
  "public",
  "server",
  "next.config.mjs",
  "package.json",
  "package-lock.json",
  "postcss.config.mjs",
  "scripts/build.mjs",
  "scripts/bundle.mjs",
  "tsconfig.json",
];

/** Holds the digest of the sources that were built. Written last, so that a build that broke off starts anew. */
const marker = join(root, "dist/built-from");

/** Builds the processes into dist/ and the web app into .next/, unless that was done from the same sources. */
export async function build() {
  if (isBuilt()) return;
  await alone(async () => {
    if (isBuilt()) return;
    say("Building. This takes about half a minute.");
    rmSync(marker, { force: true });
    const digest = digestOf(sources);
    const { bundle } = await import("./bundle.mjs");
    await bundle();
    const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    if (!(await runTool("next/dist/bin/next", ["build"], { label: "building", env }))) {
      fail("The web app could not be built: the output above says why.");
    }
    writeFileSync(marker, digest);
  });
}

const isBuilt = () => existsSync(marker) && readFileSync(marker, "utf8") === digestOf(sources);

/** One digest over names and contents. Tests are no part of a build. */
function digestOf(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesUnder)) {
    if (/\.(test|contract)\.tsx?$/.test(file)) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesUnder(path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesUnder(`${path}/${name}`));
}
