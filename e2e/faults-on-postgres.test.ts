import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { bundleWrapped, chaosFolder } from "@/chaos/bundle.mjs";
import { noKills } from "@/chaos/kills";
import { faultNames } from "@/chaos/postgres/faults";
import { eachFaultOnce, negativeControlOnPostgres } from "@/chaos/postgres/scenarios";
import { broken } from "@/chaos/verdict";
import { build } from "@/scripts/build.mjs";

const entries = join(import.meta.dirname, "..", chaosFolder, "product");

beforeAll(async () => {
  await build();
  await bundleWrapped();
});

test("what was acknowledged arrives, whatever happens to processes, connections and servers", async () => {
  const kills = noKills();
  const verdict = await eachFaultOnce({ entries, workers: 2, seed: Date.now() }, kills);
  expect(broken(verdict)).toEqual([]);
  expect(verdict.acknowledged).toBeGreaterThan(100);
  expect(Object.keys(kills.counts).length).toBeGreaterThanOrEqual(faultNames.length - 1); // no worker need come by
}, 180_000);

test("a product that acknowledges before it commits is found out", async () => {
  const verdict = await negativeControlOnPostgres(entries).run(noKills());
  expect(verdict?.lostEvents).toBeGreaterThan(0);
}, 60_000);
