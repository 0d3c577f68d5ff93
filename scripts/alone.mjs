import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root, say } from "./run.mjs";

const lock = join(root, ".setup-lock");
const retryMs = 250;

/** Runs a task that must not run twice at a time in this folder: others wait for it, here and in other processes. */
export async function alone(task) {
  for (let waits = 0; !take(); waits += 1) {
    if (waits === 0) say("Waiting for another process that installs or builds here.");
    await pause(retryMs);
  }
  try {
    return await task();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take() {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (isHeld()) return false;
    rmSync(lock, { force: true });
    return take();
  }
}

/** Whoever ended while it held the lock holds it no more. */
function isHeld() {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    if (pid > 0) process.kill(pid, 0); // an empty file is being written
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
