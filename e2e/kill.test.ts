import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { bundleWrapped, chaosFolder } from "@/chaos/bundle.mjs";
import { killPart, noKills } from "@/chaos/kills";
import { runTrial, type Trial } from "@/chaos/trial";
import { broken } from "@/chaos/verdict";
import { build } from "@/scripts/build.mjs";

const entries = join(import.meta.dirname, "..", chaosFolder, "product");

beforeAll(async () => {
  await build();
  await bundleWrapped();
});

test("what was acknowledged arrives, whichever process is killed in the middle of load", async () => {
  const verdict = await runTrial({ entries }, async (trial) => {
    for (const part of ["worker", "web", "everything"] as const) await killAfterAWhile(trial, part);
  });
  expect(broken(verdict)).toEqual([]);
  expect(verdict.acknowledged).toBeGreaterThan(100);
});

test("a product that acknowledges before it commits is found out", async () => {
  const settings = { CHAOS_ACKNOWLEDGE_EARLY: "yes" };
  const verdict = await runTrial({ entries, settings }, async (trial) => {
    for (let turn = 0; turn < 2; turn += 1) await killAfterAWhile(trial, "web");
  });
  expect(verdict.lostEvents).toBeGreaterThan(0);
});

async function killAfterAWhile(trial: Trial, part: "worker" | "web" | "everything"): Promise<void> {
  await pause(500);
  await killPart(trial, part, noKills());
}
