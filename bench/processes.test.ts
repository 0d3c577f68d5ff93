import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { cpuUs, stateOf, withChildren } from "./processes";

describe.runIf(process.platform === "linux")("what Linux tells of processes", () => {
  test("the time that one has taken, in hundredths of a second", () => {
    const before = { us: cpuUs([process.pid]), own: process.cpuUsage() };
    while (process.cpuUsage(before.own).user < 100_000) JSON.stringify({ busy: Math.random() });
    const { user, system } = process.cpuUsage(before.own);
    expect(Math.abs(cpuUs([process.pid]) - before.us - user - system)).toBeLessThan(30_000);
  });

  test("one and its children, and nothing of one that is gone", async () => {
    const child = spawn("cat");
    const pid = child.pid ?? 0;
    expect(withChildren([process.pid])).toEqual(expect.arrayContaining([process.pid, pid]));
    expect(stateOf(pid)).toMatch(/^[RSD]$/);
    child.kill();
    await once(child, "exit");
    expect(withChildren([process.pid])).not.toContain(pid);
    expect(stateOf(pid)).toBeUndefined();
    expect(cpuUs([pid])).toBe(0);
  });
});
