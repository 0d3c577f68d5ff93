import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { endsWithinSeconds, runsProcess, unknownSettings } from "./deploy.fixture";

const unit = readFileSync("deploy/systemd/fanfare.service", "utf8");
const given = (name: string) => new RegExp(`^${name}=(.*)$`, "m").exec(unit)?.[1] ?? "";

const analyzer = ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"].find((path) => existsSync(path));

test("the unit runs a process of the build with settings that exist", () => {
  const [node, file = ""] = given("ExecStart").split(" ");
  expect(node).toBe("/usr/bin/node");
  expect(runsProcess(["node", file.replace(`${given("WorkingDirectory")}/`, "")])).toBe(true);
  const names = given("Environment")
    .split(" ")
    .map((pair) => pair.split("=")[0] ?? "");
  expect(names).toEqual(["NODE_ENV", "DATA_DIR"]);
  expect(unknownSettings(names)).toEqual([]);
});

test("data are where the unit may write", () => {
  expect(given("Environment")).toContain(`DATA_DIR=/var/lib/${given("StateDirectory")}`);
});

test("what is in flight may end", () => {
  expect(Number(given("TimeoutStopSec"))).toBeGreaterThan(endsWithinSeconds);
});

test.skipIf(!analyzer)("systemd finds nothing wrong with the unit", () => {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-unit-"));
  try {
    const file = join(folder, "fanfare.service");
    // Of this machine, on which it need not be installed as the unit has it.
    writeFileSync(
      file,
      unit.replaceAll("/opt/fanfare", process.cwd()).replace("/usr/bin/node", process.execPath),
    );
    const { status, stderr } = spawnSync(String(analyzer), ["verify", "--man=no", file], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
