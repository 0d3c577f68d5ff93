import { expect, test } from "vitest";
import { openBreaker } from "../webhook/breaker";
import type { Editable } from "../webhook/edit";
import { newQueue } from "../webhook/queue-state";
import { refreshSubscription } from "./refresh";

const now = 1_800_000_000_000;
const dayMs = 24 * 60 * 60_000;

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
  queue: { ...openBreaker({ ...newQueue(true), pending: 2 }, now - 1_000), isPaused: true },
};

test("a refresh switches on, closes the breaker, and lets what was held drain", () => {
  const { standing, queue } = refreshSubscription(failing, "k:second", now);
  expect(standing).toMatchObject({ isActive: true, disabledReason: null });
  expect(standing.version).toBeGreaterThan(failing.standing.version);
  expect(queue).toMatchObject({ isPaused: false, openedAt: null, isDraining: true });
});

test("beside a new secret it is always the one before that signs, whatever was accepted", () => {
  const once = refreshSubscription(failing, "k:second", now - 1_000);
  const twice = refreshSubscription(once, "k:third", now);
  expect(twice.settings).toMatchObject({
    secret: "k:third",
    previousSecret: "k:second",
    previousSecretUntil: now + dayMs,
    signsWith: "current",
  });
});
