import { accessSync, constants, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { alone } from "./alone.mjs";
import { fail, root, run, say } from "./run.mjs";

/**
 * Makes sure that dependencies are installed exactly as package-lock.json says: those to run Fanfare, or those to
 * test it too. Does nothing when they are.
 */
export async function setUp({ forTests = false } = {}) {
  if (isSetUp(forTests)) return;
  await alone(async () => {
    if (isSetUp(forTests)) return;
    say("Installing dependencies. The first time takes a minute or two.");
    const kinds = wantsDev(forTests, installedPackages()) ? ["--include=dev"] : ["--omit=dev"];
    const done = await npm(["ci", ...kinds, "--no-audit", "--no-fund"], "installing");
    if (!done || !databaseLoads()) fail(installAdvice());
    say("Dependencies are installed.");
  });
}

/** The same for a folder with packages of its own, which only tests need. */
export async function setUpBeside(folder) {
  const isThere = () => hasPackages(readLock(`${folder}/node_modules/.package-lock.json`), true, folder);
  if (isThere()) return;
  await alone(async () => {
    if (isThere()) return;
    say(`Installing the packages of ${folder}/.`);
    const done = await npm(["ci", "--prefix", folder, "--no-audit", "--no-fund"], "installing");
    if (!done) fail(`The packages of ${folder}/ could not be installed: npm's output above says why.`);
  });
}

function isSetUp(forTests) {
  const installed = installedPackages();
  return hasPackages(installed, wantsDev(forTests, installed)) && databaseLoads();
}

const installedPackages = () => readLock("node_modules/.package-lock.json");

/** A folder that was set up for tests once stays so. */
const wantsDev = (forTests, installed) => forTests || installed["node_modules/@biomejs/biome"] !== undefined;

function hasPackages(installed, withDev, place = ".") {
  return Object.entries(readLock(`${place}/package-lock.json`)).every(
    ([folder, { version, dev, optional, devOptional }]) => {
      if (folder === "" || (dev && !withDev)) return true;
      // An optional one may be for another platform, but not of another version.
      const found = installed[folder];
      return found ? found.version === version : optional || devOptional;
    },
  );
}

/** The packages of a lock file by their folder; none when there is no such file. npm writes its own one last. */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return {};
  }
}

/** Whether better-sqlite3's compiled part is there, and made for this version of Node. */
function databaseLoads() {
  try {
    createRequire(import.meta.url)(`${root}node_modules/better-sqlite3/build/Release/better_sqlite3.node`);
    return true;
  } catch {
    return false;
  }
}

/** npm as this process was run by it, or the one on the PATH. */
function npm(args, label) {
  const { npm_execpath: cli } = process.env;
  return cli?.endsWith(".js")
    ? run(process.execPath, [cli, ...args], { label })
    : run("npm", args, { label });
}

function installAdvice() {
  const tools = { make: ["make"], "a C++ compiler (g++)": ["g++", "c++", "clang++"], python3: ["python3"] };
  const missing = Object.keys(tools).filter((tool) => !tools[tool].some(isOnPath));
  return missing.length > 0
    ? `better-sqlite3 has to be compiled here, and ${missing.join(", ")} could not be found: install that (Debian, Ubuntu: apt-get install -y g++ make python3) and try again.`
    : "The dependencies could not be installed: npm's output above says why.";
}

function isOnPath(name) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
