import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { day, hour, newCustomer, publish } from "../../contract.kit";
import type { ClockDoubt } from "../../store";
import { openSqlite } from "../open";
import { migrateFile } from "./migrate";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "fanfare-clock-"));
  migrateFile(dataDir);
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** A process that begins to run at a time and runs for a while: what it doubted. */
async function run(from: number, lastsMs: number, act: (store: Opened) => Promise<unknown> = async () => {}) {
  const doubts: (ClockDoubt | null)[] = [];
  let passedMs = 0;
  const { store } = openSqlite({
    dataDir,
    clock: () => from + passedMs,
    elapsed: () => passedMs,
    onDoubt: (doubt) => doubts.push(doubt),
  });
  await act(store);
  for (; passedMs <= lastsMs; passedMs += hour)
    while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: 24 * 3_600_000 }));
  await store.close();
  return doubts;
}
type Opened = ReturnType<typeof openSqlite>["store"];

const start = Date.UTC(2026, 0, 1);

test("a start long after the last believed moment is doubted, and a usual restart is not", async () => {
  expect(await run(start, hour)).toEqual([]);
  expect(await run(start + 2 * hour, hour)).toEqual([]);
  expect(await run(start + 40 * day, hour)).toMatchObject([{ aheadMs: 40 * day - 3 * hour, lastsMs: day }]);
});

test("a machine that never runs for a whole day believes its clock some day", async () => {
  await run(start, hour);
  const heard: (ClockDoubt | null)[][] = [];
  for (let days = 1; days <= 4; days += 1) heard.push(await run(start + days * day, 8 * hour));
  expect(heard.flat().filter((doubt) => doubt === null)).toHaveLength(1);
});

test("a store without a believed moment goes by its newest event", async () => {
  const { store } = openSqlite({ dataDir, clock: () => start });
  await publish(store, await newCustomer(store));
  await store.close();
  expect(await run(start + 40 * day, hour)).toMatchObject([{ aheadMs: 40 * day }]);
});
