import { describe, expect, test } from "vitest";
import { openBreaker } from "./breaker";
import { deletedWebhook, editWebhook, rotateSecret, type WebhookChange } from "./edit";
import { newQueue } from "./queue-state";
import type { WebhookState } from "./webhook-state";

const now = 1_000_000;
const webhook: WebhookState = {
  url: "https://receiver.example/",
  secret: "k:old",
  previousSecret: "k:older",
  previousSecretUntil: now + 5_000,
  events: ["search_completed"],
  description: "Ours",
  updatedAt: 1,
  isActive: true,
  disabledReason: null,
  disabledAt: null,
  version: 3,
  countdown: { since: 1, failures: 2, lastAt: 3, coveredMs: 4 },
  isReportedFailing: true,
  lastAttemptAt: 3,
  lastAttemptOk: false,
  lastStatusCode: 500,
  lastError: null,
  failingSince: 1,
  failuresInARow: 2,
};
const off = { ...webhook, isActive: false, disabledReason: "It was gone.", disabledAt: 7 };
const queue = openBreaker({ ...newQueue(true), pending: 2 }, now - 1_000);
const paused = { ...queue, isPaused: true };
const anew = { version: 4, countdown: null };
const closed = { openedAt: null, probeAt: null, isDraining: true, drain: 1 };

describe("an edit", () => {
  type Row = [string, WebhookState, WebhookChange, object, object];
  test.each<Row>([
    ["of nothing only says when", webhook, {}, {}, {}],
    [
      "of words changes words",
      webhook,
      { description: null, events: [] },
      { description: null, events: [] },
      {},
    ],
    ["to the same URL is none", webhook, { url: webhook.url }, {}, {}],
    [
      "of the URL begins anew",
      webhook,
      { url: "https://new.example/" },
      { url: "https://new.example/", ...anew },
      closed,
    ],
    [
      "of the secret begins anew, and ends a rotation",
      webhook,
      { secret: "k:new" },
      { secret: "k:new", previousSecret: null, previousSecretUntil: null, ...anew },
      closed,
    ],
    [
      "that takes the secret away does so too",
      webhook,
      { secret: null },
      { secret: null, previousSecret: null, previousSecretUntil: null, ...anew },
      closed,
    ],
    [
      "that switches it off tells when, and keeps the breaker and the countdown",
      webhook,
      { isActive: false },
      { isActive: false, disabledAt: now },
      { isPaused: true },
    ],
    ["that switches off what is off keeps the reason", off, { isActive: false }, {}, {}],
    [
      "that switches it on clears the reason, and begins anew",
      off,
      { isActive: true },
      { isActive: true, disabledReason: null, disabledAt: null, ...anew },
      { isPaused: false, ...closed },
    ],
    ["that switches on what is on is none", webhook, { isActive: true }, {}, {}],
    [
      "of all at once begins anew once",
      off,
      { isActive: true, url: "https://new.example/" },
      { url: "https://new.example/", isActive: true, disabledReason: null, disabledAt: null, ...anew },
      { isPaused: false, ...closed },
    ],
    [
      "of the URL of one that is off leaves it off",
      off,
      { url: "https://new.example/" },
      { url: "https://new.example/", ...anew },
      closed,
    ],
    [
      "of the URL that switches it off does both",
      webhook,
      { url: "https://new.example/", isActive: false },
      { url: "https://new.example/", isActive: false, disabledAt: now, ...anew },
      { isPaused: true, ...closed },
    ],
  ])("%s", (_, before, change, expected, expectedQueue) => {
    const queueBefore = before.isActive ? queue : paused;
    expect(editWebhook({ webhook: before, queue: queueBefore }, change, now)).toEqual({
      webhook: { ...before, ...expected, updatedAt: now },
      queue: { ...queueBefore, ...("openedAt" in expectedQueue && { probeDelayMs: null }), ...expectedQueue },
    });
  });
});

describe("a rotation", () => {
  test.each([
    [
      "lets the old secret sign for a while",
      webhook,
      60_000,
      { previousSecret: "k:old", previousSecretUntil: now + 60_000 },
    ],
    ["without overlap replaces it at once", webhook, 0, { previousSecret: null, previousSecretUntil: null }],
    [
      "of none just gives it one",
      { ...webhook, secret: null },
      60_000,
      { previousSecret: null, previousSecretUntil: null },
    ],
  ])("%s, and begins anew", (_, before, overlapMs, expected) => {
    const after = rotateSecret({ webhook: before, queue }, "k:new", overlapMs, now);
    expect(after.webhook).toEqual({ ...before, secret: "k:new", ...expected, ...anew, updatedAt: now });
    expect(after.queue).toMatchObject(closed);
  });
});

test("of a deleted webhook no secret is left", () => {
  expect(deletedWebhook(now)).toMatchObject({ isActive: false, secret: null, previousSecret: null });
});
