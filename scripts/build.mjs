import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alone } from "./alone.mjs";
import { basePathOf, webFolderOf } from "./base-path.mjs";
import { fail, root, runTool, say } from "./run.mjs";

/** What a build is made from. */
const sources = [
  "app",
  "db",
  "domain",
  "public",
  "server",
  "next.config.mjs",
  "package.json",
  "package-lock.json",
  "postcss.config.mjs",
  "scripts/base-path.mjs",
  "scripts/build.mjs",
  "scripts/bundle.mjs",
  "tsconfig.json",
];

/** In each folder that was built, the digest of its sources. Written last, so that a build that broke off starts anew. */
const marker = "built-from";

/**
 * Builds the processes into dist/ and the web app into a folder for the path of PUBLIC_URL (.next/ without one),
 * unless that was done from the same sources.
 */
/** @param {{ PUBLIC_URL?: string }} settings */
export async function build({ PUBLIC_URL: publicUrl } = process.env) {
  const webFolder = webFolderOf(basePathOf(publicUrl));
  const isDone = () => isBuilt("dist") && isBuilt(webFolder);
  if (isDone()) return;
  await alone(async () => {
    if (isDone()) return;
    say("Building. This takes about half a minute.");
    if (!isBuilt("dist")) await buildInto("dist", buildProcesses);
    if (!isBuilt(webFolder)) await buildInto(webFolder, () => buildWeb(webFolder, publicUrl));
  });
}

const markerIn = (folder) => join(root, folder, marker);

const isBuilt = (folder) =>
  existsSync(markerIn(folder)) && readFileSync(markerIn(folder), "utf8") === digestOf(sources);

async function buildInto(folder, make) {
  rmSync(markerIn(folder), { force: true });
  const digest = digestOf(sources);
  await make();
  writeFileSync(markerIn(folder), digest);
}

async function buildProcesses() {
  const { bundle } = await import("./bundle.mjs");
  await bundle();
}

async function buildWeb(folder, publicUrl = "") {
  if (folder !== ".next") extendTypeSettings(folder);
  const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", PUBLIC_URL: publicUrl };
  if (await runTool("next/dist/bin/next", ["build"], { label: "building", env })) return;
  fail("The web app could not be built: the output above says why.");
}

/** Next writes the folder of a build into the type settings that it is given: here they are a copy's. */
function extendTypeSettings(folder) {
  mkdirSync(join(root, folder, ".."), { recursive: true });
  writeFileSync(join(root, `${folder}.tsconfig.json`), '{ "extends": "../tsconfig.json" }\n');
}

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
