import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { bundleWrapped, chaosFolder } from "@/chaos/bundle.mjs";
import { noKills } from "@/chaos/kills";
import { faultNames } from "@/chaos/postgres/faults";
import { eachFaultOnce } from "@/chaos/postgres/scenarios";
import { broken } from "@/chaos/verdict";
import { build } from "@/scripts/build.mjs";

const entries = join(import.meta.dirname, "..", chaosFolder, "product");

beforeAll(async () => {
  await build();
  await bundleWrapped();
});

const seed = Date.now() % 1_000_000;

test(`what was acknowledged arrives, whatever happens to processes, connections and servers (seed ${seed})`, async () => {
  const kills = noKills();
  const verdict = await eachFaultOnce({ entries, workers: 2, seed }, kills);
  expect(broken(verdict)).toEqual([]);
  expect(verdict.acknowledged).toBeGreaterThan(100);
  expect(Object.keys(kills.counts).length).toBeGreaterThanOrEqual(faultNames.length - 1); // no worker need come by
}, 180_000);
