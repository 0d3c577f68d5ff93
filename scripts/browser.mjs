import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { fail, root, run, say } from "./run.mjs";

/** Chromium without what only people need to see: the stories take half as long in it. */
const shell = "chromium-headless-shell";
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const macApps = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** A Chromium for the tests, as `{ CHROMIUM }`: the system's shell of it, else one that is there, else npm's. */
export async function findBrowser() {
  const path =
    process.env.CHROMIUM || onPath([shell]) || (await fromSystem()) || installed() || (await fromNpm());
  return path
    ? { CHROMIUM: path }
    : fail("The browser tests need Chromium: install it, or set CHROMIUM to its path.");
}

function installed() {
  const { chromium } = createRequire(import.meta.url)("playwright");
  return onPath(names) ?? [...macApps, chromium.executablePath()].find((path) => existsSync(path));
}

function onPath(programs) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return programs
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

async function fromSystem() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  say("Installing Chromium for the browser tests");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "-y", "--no-install-recommends", shell];
  const options = { env, label: "installing Chromium" };
  const done =
    (await run("apt-get", install, options)) ||
    ((await run("apt-get", ["update"], options)) && (await run("apt-get", install, options)));
  return done ? onPath([shell]) : undefined;
}

/** Apart from the project's packages: most machines have a browser and need not load this one. */
async function fromNpm() {
  const folder = join(root, "node_modules/.cache/browser");
  const install = ["install", "--prefix", folder, "--no-audit", "--no-fund", "@sparticuz/chromium@143.0.4"];
  if (!(await run("npm", install, { label: "loading Chromium" }))) return undefined;
  const { default: chromium } = await import(
    join(folder, "node_modules/@sparticuz/chromium/build/esm/index.js")
  );
  return chromium.executablePath();
}
