import { expect, test } from "vitest";
import { agentLimits } from "../limits";
import { fullLimit, isLiving, stageOf } from "./life";

const now = 1_800_000_000_000;
const active = { verifiedAt: 1, expiresAt: now + 1, events: ["search_completed"], principalId: "mine" };
const unproved = { ...active, verifiedAt: null, events: [] };
const terminated = { ...active, events: [] };

test.each([
  ["active", active, true],
  ["unproved", unproved, false],
  ["terminated", terminated, false],
  ["active", { ...active, expiresAt: now }, false],
] as const)("one that is %s gets events only while it lasts", (stage, row, lives) => {
  expect(stageOf(row)).toBe(stage);
  expect(isLiving(row, now)).toBe(lives);
});

test("a limit counts what lives and what is being proved, and nothing that is over", () => {
  const others = (count: number, principalId: string, row: typeof active | typeof unproved) =>
    Array.from({ length: count }, () => ({ ...row, principalId }));
  const { perKey, perCustomer } = agentLimits;
  const ofKey = [...others(perKey - 1, "mine", active), ...others(40, "mine", terminated)];
  expect(fullLimit(ofKey, "mine", now)).toBeNull();
  expect(fullLimit([...ofKey, unproved], "mine", now)).toBe("key");
  expect(fullLimit([...ofKey, unproved], "other", now)).toBeNull();
  expect(fullLimit([...ofKey, { ...active, expiresAt: now }], "mine", now)).toBeNull();
  expect(fullLimit(others(perCustomer, "others", active), "mine", now)).toBe("customer");
});
