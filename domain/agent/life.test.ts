import { expect, test } from "vitest";
import { agentLimits } from "../limits";
import { openBreaker } from "../webhook/breaker";
import type { Editable } from "../webhook/edit";
import { newQueue } from "../webhook/queue-state";
import { fullLimit, isLiving, refreshed, stageOf } from "./life";

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

const failing: Editable = {
  settings: {
    url: "https://agent.example/",
    secret: "k:first",
    previousSecret: null,
    previousSecretUntil: null,
    rotatedAt: null,
    signsWith: "current",
    switchedAt: null,
    clientCertificate: null,
    clientKey: null,
    events: ["search_completed"],
    conditions: null,
    description: null,
    headers: [],
    timeoutMs: 10_000,
    updatedAt: 1,
  },
  standing: {
    isActive: false,
    disabledReason: "It failed for days.",
    disabledAt: 7,
    pause: null,
    version: 3,
    countdown: null,
    certificate: null,
    isReportedFailing: true,
  },
  queue: { ...openBreaker({ ...newQueue(true), pending: 2, succeededAt: 5 }, now - 1_000), isPaused: true },
};

test("a refresh switches on, closes the breaker, and lets what was held drain", () => {
  const { standing, queue } = refreshed(failing, "k:second", now);
  expect(standing).toMatchObject({ isActive: true, disabledReason: null });
  expect(standing.version).toBeGreaterThan(failing.standing.version);
  expect(queue).toMatchObject({ isPaused: false, openedAt: null, isDraining: true, succeededAt: 5 });
});

test("beside a new secret it is always the one before that signs, whatever was accepted", () => {
  const once = refreshed(failing, "k:second", now - 1_000);
  const twice = refreshed(once, "k:third", now);
  expect(twice.settings).toMatchObject({
    secret: "k:third",
    previousSecret: "k:second",
    previousSecretUntil: now + agentLimits.overlapMs,
    signsWith: "current",
  });
});
