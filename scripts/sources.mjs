import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** File systems tell times in steps of up to two seconds (FAT): what changed just now may change without a trace. */
const settledAfterMs = 2_000;

/**
 * One digest over names and contents of the files under `paths` in `folder`, tests aside, which are no part of a build.
 * Reading them all is a good part of a start: the digest is remembered in `memory`, for as long as size, times and
 * inode of each file are the same.
 */
export async function digestOf(paths, folder, memory, now = Date.now()) {
  const files = paths.flatMap((path) => filesUnder(path, folder));
  const looks = files.map(({ path, state }) => `${path} ${traitsOf(state)}`).join("\n");
  const known = recall(memory);
  if (known.looks === looks) return known.digest;
  const digest = await hashOf(files.flatMap(({ path }) => [path, readFileSync(`${folder}/${path}`)]));
  const changedAtMs = Math.max(...files.map(({ state }) => Math.max(state.ctimeMs, state.mtimeMs)));
  if (now - changedAtMs > settledAfterMs) remember(memory, { looks, digest });
  return digest;
}

function filesUnder(path, folder) {
  const state = statSync(`${folder}/${path}`, { throwIfNoEntry: false });
  if (!state) return [];
  if (state.isFile()) return /\.(test|contract)\.tsx?$/.test(path) ? [] : [{ path, state }];
  return readdirSync(`${folder}/${path}`)
    .sort()
    .flatMap((name) => filesUnder(`${path}/${name}`, folder));
}

const traitsOf = ({ size, mtimeMs, ctimeMs, ino }) => `${size} ${mtimeMs} ${ctimeMs} ${ino}`;

async function hashOf(parts) {
  const { createHash } = await import("node:crypto"); // most starts need none of it
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

function recall(memory) {
  try {
    return JSON.parse(readFileSync(memory, "utf8"));
  } catch {
    return {};
  }
}

/** Where nothing can be written, nothing is remembered. */
function remember(memory, known) {
  try {
    mkdirSync(dirname(memory), { recursive: true });
    const aside = `${memory}.${process.pid}`;
    writeFileSync(aside, JSON.stringify(known));
    renameSync(aside, memory);
  } catch {}
}
