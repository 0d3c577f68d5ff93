import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createKeyUses, type KeyUses } from "./key-uses";

const clock = { now: 0 };
const told: string[][] = [];
let isAway = false;
let uses: KeyUses;
beforeEach(() => {
  vi.useFakeTimers();
  clock.now = Date.UTC(2026, 0, 1);
  told.length = 0;
  isAway = false;
  const store = {
    async noteKeyUses(keyIds: string[]) {
      if (isAway) throw new Error("The database is away.");
      told.push(keyIds);
    },
  };
  uses = createKeyUses(store, () => clock.now);
});
afterEach(() => {
  vi.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  clock.now += ms;
  await vi.advanceTimersByTimeAsync(ms);
}

test("keys that come into use together are told in one write, within a second or so", async () => {
  uses.note("a");
  uses.note("b");
  uses.note("a");
  expect(told).toEqual([]);
  await pass(1_000);
  expect(told).toEqual([["a", "b"]]);
});

test("a key that is used all the time is told once a minute", async () => {
  for (let second = 0; second < 125; second += 1) {
    uses.note("a");
    await pass(1_000);
  }
  expect(told).toEqual([["a"], ["a"], ["a"]]);
});

test("what a database that is away missed, it hears with the next use", async () => {
  isAway = true;
  uses.note("a");
  await pass(1_000);
  isAway = false;
  uses.note("a");
  await pass(1_000);
  expect(told).toEqual([["a"]]);
});

test("a clock that is turned back keeps no key untold", async () => {
  uses.note("a");
  await pass(1_000);
  clock.now -= 3_600_000;
  uses.note("a");
  await pass(1_000);
  expect(told).toHaveLength(2);
});
