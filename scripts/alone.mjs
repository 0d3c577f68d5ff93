import { closeSync, fstatSync, futimesSync, linkSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root, say } from "./run.mjs";

const setUpLock = join(root, ".setup-lock");
const retryMs = 250;
const touchMs = 1_000;
/**
 * A lock that nobody touched for so long is left over. No process number tells: a container gives out the same
 * ones each time, and others than its neighbour on the same folder.
 */
const staleMs = 10_000;

/** Runs a task that must not run twice at a time in this folder: others wait for it, here and in other processes. */
export async function alone(task, lock = setUpLock) {
  const file = await take(lock);
  const touching = setInterval(() => futimesSync(file, new Date(), new Date()), touchMs);
  const release = () => {
    clearInterval(touching);
    if (stateOf(lock).inode === fstatSync(file).ino) rmSync(lock, { force: true });
    closeSync(file);
  };
  process.once("exit", release); // a task may end the process
  try {
    return await task();
  } finally {
    process.off("exit", release);
    release();
  }
}

/** Resolves with the open lock once it is this process's. */
async function take(lock) {
  let seen = stateOf(lock);
  let seenAt = performance.now();
  for (let waits = 0; ; waits += 1) {
    const file = create(lock);
    if (file !== null) return file;
    if (waits === 0) say("Waiting for another process that installs or builds here.");
    await pause(retryMs);
    const now = stateOf(lock);
    if (!isSame(now, seen)) {
      seen = now;
      seenAt = performance.now();
    } else if (performance.now() - seenAt > staleMs) discard(lock, seen);
  }
}

function create(lock) {
  try {
    return openSync(lock, "wx");
  } catch (error) {
    if (error.code === "EEXIST") return null;
    throw error;
  }
}

function stateOf(lock) {
  const found = statSync(lock, { throwIfNoEntry: false });
  return { inode: found?.ino, touchedAt: found?.mtimeMs };
}

const isSame = (one, other) => one.inode === other.inode && one.touchedAt === other.touchedAt;

/** Takes a lock away that was left over, unless it is another one by now: others may be about to do the same. */
function discard(lock, stale) {
  const aside = `${lock}.${process.pid}.${performance.now()}`;
  try {
    renameSync(lock, aside);
    if (!isSame(stateOf(aside), stale)) linkSync(aside, lock);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
