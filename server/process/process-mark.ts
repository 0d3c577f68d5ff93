import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { ProcessMark } from "@/db/store";
import { isRunning } from "./is-running";

/** What tells a process of this numbering from all others. */
export function markOf(pid: number): ProcessMark {
  return { pid, host: ownHost(), startedAt: startOf(pid) };
}

/** Whether a process is gone for certain. Of one that is numbered elsewhere nobody here can say. */
export function isGone({ pid, host, startedAt }: ProcessMark): boolean {
  if (!isOfThisHost({ host })) return false;
  const start = startOf(pid);
  return !isRunning(pid) || (start !== "" && start !== startedAt);
}

/** Whether the number of a process means the same here as where it was written down. */
export const isOfThisHost = ({ host }: Pick<ProcessMark, "host">) => host !== "" && host === ownHost();

/** Containers share a running system and may share a host name, but each one numbers its processes by itself. */
function ownHost(): string {
  if (process.platform !== "linux") return hostname();
  try {
    if (readlinkSync("/proc/self") !== String(process.pid)) return ""; // /proc tells of another numbering
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return "";
  }
}

/** When a process began, in the kernel's ticks (proc(5), field 22): numbers are given out again. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? ""; // the name before it may hold anything
  } catch {
    return "";
  }
}
