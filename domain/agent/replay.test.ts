import { expect, test } from "vitest";
import { agentLimits } from "../limits";
import { replayedOf, replaySince } from "./replay";

const now = 1_800_000_000_000;
const minute = 60_000;
const replay = {
  name: "search_completed",
  place: { key: 0, at: now - 60 * minute },
  maxAgeMs: null,
  retentionMs: 90 * minute,
};
const event = (minutesAgo: number, type = "search_completed", isTest = false) => ({
  type,
  isTest,
  createdAt: now - minutesAgo * minute,
});
const agesOf = (events: { createdAt: number }[]) => events.map(({ createdAt }) => (now - createdAt) / minute);

test("what is of the type is replayed, and no test", () => {
  const looked = [event(1), event(2, "cdd_state_changed"), event(3, "search_completed", true), event(4)];
  const { events, isTruncated } = replayedOf(looked, replay, now);
  expect([agesOf(events), isTruncated]).toEqual([[1, 4], false]);
});

test("what is older than was asked for is left out, which is told where it was of the type", () => {
  const lately = { ...replay, maxAgeMs: 10 * minute };
  const old = replayedOf([event(5), event(11)], lately, now);
  expect([agesOf(old.events), old.isTruncated]).toEqual([[5], true]);
  expect(replayedOf([event(5), event(11, "cdd_state_changed")], lately, now).isTruncated).toBe(false);
});

test("a place from before what is kept is told, and so are more events than are looked at", () => {
  const forgotten = { ...replay, place: { key: 3, at: now - 91 * minute } };
  expect(replayedOf([], forgotten, now).isTruncated).toBe(true);
  const many = Array.from({ length: agentLimits.replayLooks + 1 }, () => event(1));
  const { events, isTruncated } = replayedOf(many, replay, now);
  expect([events.length, isTruncated]).toEqual([agentLimits.replayLooks, true]);
});

test("behind a key, events may be dated a little before it was given", () => {
  expect(replaySince({ key: 0, at: now })).toBe(now);
  expect(replaySince({ key: 7, at: now })).toBeLessThan(now);
});
