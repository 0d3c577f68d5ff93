import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

/** Places in the product at which a process can be told to die. */
export type Point =
  | "after claim"
  | "before send"
  | "after send"
  | "before record"
  | "after record"
  | "mid claim"
  | "mid fan-out"
  | "mid record"
  | "before commit"
  | "after commit"
  | "mid checkpoint"
  | "mid recovery"
  | "mid retention"
  | "mid rotation"
  | "mid migration";

/** Which process shall die, or stand still, where, and after how many passes. */
export type Order = { role: string; point: Point; skip: number; signal?: "SIGKILL" | "SIGSTOP" };

/** Leaves an order for whichever process of that role comes by. */
export function giveOrder(file: string, order: Order): void {
  writeFileSync(`${file}.draft`, JSON.stringify(order));
  renameSync(`${file}.draft`, file);
}

/** Takes an order back. False when a process has obeyed it. */
export function takeOrder(file: string): boolean {
  if (!existsSync(file)) return false;
  rmSync(file, { force: true });
  return true;
}

const file = process.env.CHAOS_ORDER ?? "";
const ownRole = basename(process.argv[1] ?? "", ".mjs");
let current = "";
let passes = 0;

/** Dies here, as from kill -9, or stands still, when that was ordered. */
export function pass(point: Point): void {
  if (file === "" || !existsSync(file)) return;
  const text = read();
  if (text === "") return;
  const order = JSON.parse(text) as Order;
  if (order.role !== ownRole || order.point !== point) return;
  if (text !== current) passes = 0;
  current = text;
  passes += 1;
  if (passes > order.skip && isFirst()) process.kill(process.pid, order.signal ?? "SIGKILL");
}

/** Empty when another process took the order meanwhile. */
function read(): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** One order is one death: whoever removes the file. */
function isFirst(): boolean {
  try {
    rmSync(file);
    return true;
  } catch {
    return false;
  }
}
