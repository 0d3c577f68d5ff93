import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alone } from "./alone.mjs";
import { basePathOf, webFolderOf } from "./base-path.mjs";
import { fail, root, runTool, say } from "./run.mjs";
import { digestOf } from "./sources.mjs";

/** What the documentation shows of the rest of the tree. */
const shown = [
  "client/README.md",
  ...["express-4", "express-5", "fastify", "handle", "hono", "koa", "nest"].map(
    (name) => `examples/${name}.ts`,
  ),
  "examples/next/app/hooks/route.ts",
];

/** What a build is made from. */
export const sources = [
  "app",
  ...shown,
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

const memory = join(root, "node_modules/.cache/fanfare/sources.json");

/**
 * Builds the processes into dist/ and the web app into a folder for the path of PUBLIC_URL (.next/ without one),
 * unless that was done from the same sources.
 */
/** @param {{ PUBLIC_URL?: string }} settings */
export async function build({ PUBLIC_URL: publicUrl } = process.env) {
  const webFolder = webFolderOf(basePathOf(publicUrl));
  const notBuilt = async () => {
    const digest = await sourceDigest();
    return ["dist", webFolder].filter((folder) => !isBuiltFrom(folder, digest));
  };
  if ((await notBuilt()).length === 0) return;
  await alone(async () => {
    const folders = await notBuilt();
    if (folders.length > 0) say("Building. This takes about half a minute.");
    for (const folder of folders) {
      await buildInto(folder, () => (folder === "dist" ? buildProcesses() : buildWeb(folder, publicUrl)));
    }
  });
}

const markerIn = (folder) => join(root, folder, marker);

const sourceDigest = () => digestOf(sources, root, memory);

const isBuiltFrom = (folder, digest) =>
  existsSync(markerIn(folder)) && readFileSync(markerIn(folder), "utf8") === digest;

async function buildInto(folder, make) {
  rmSync(markerIn(folder), { force: true });
  const digest = await sourceDigest();
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
