import { describe, expect, test } from "vitest";
import { openBreaker } from "./breaker";
import { deletedWebhook, editWebhook, rotateSecret, setPlatformTarget } from "./edit";
import { newQueue } from "./queue-state";
import { lacksHeaderValue, type WebhookChange } from "./settings";
import type { Standing } from "./standing";
import { keepHeaders } from "./static-headers";

const now = 1_000_000;
const settings = {
  url: "https://receiver.example/",
  secret: "k:old",
  previousSecret: "k:older",
  previousSecretUntil: now + 5_000,
  rotatedAt: 1,
  signsWith: "current" as const,
  switchedAt: 1,
  clientCertificate: null,
  clientKey: null,
  events: ["search_completed"],
  conditions: null,
  description: "Ours",
  headers: [
    { name: "Authorization", value: "k:sealed", isSecret: true },
    { name: "X-Env", value: "live", isSecret: false },
  ],
  timeoutMs: null,
  updatedAt: 1,
};
const written = keepHeaders(settings.headers);
const authorization = { name: "Authorization", value: null, isSecret: true };
const on: Standing = {
  isActive: true,
  disabledReason: null,
  disabledAt: null,
  pause: { at: 5, until: null },
  version: 3,
  countdown: { since: 1, failures: 2, lastAt: 3, coveredMs: 4 },
  certificate: null,
  isReportedFailing: true,
};
const off = { ...on, isActive: false, pause: null, disabledReason: "It was gone.", disabledAt: 7 };
const queue = openBreaker({ ...newQueue(true), pending: 2 }, now - 1_000);
const paused = { ...queue, isPaused: true };
const alone = {
  previousSecret: null,
  previousSecretUntil: null,
  signsWith: "current",
  switchedAt: null,
} as const;
const anew = { version: 4, countdown: null };
const closed = { openedAt: null, probeAt: null, isDraining: true, drain: 1 };

describe("an edit", () => {
  type Row = [string, Standing, WebhookChange, object, object];
  test.each<Row>([
    ["of nothing only says when", on, {}, {}, {}],
    ["of words changes words", on, { description: null, events: [] }, { description: null, events: [] }, {}],
    ["to the same URL is none", on, { url: settings.url }, {}, {}],
    [
      "of the URL begins anew",
      on,
      { url: "https://receiver.example/new" },
      { url: "https://receiver.example/new", ...anew },
      closed,
    ],
    ["of headers that stay the same is none", on, { headers: written }, {}, {}],
    [
      "of headers begins anew, and keeps the values of secret ones that have none",
      on,
      { headers: [{ name: "authorization", value: null, isSecret: true }] },
      { headers: [{ name: "authorization", value: "k:sealed", isSecret: true }], ...anew },
      closed,
    ],
    [
      "of a secret header's value begins anew",
      on,
      { headers: [{ name: "Authorization", value: "k:new", isSecret: true }] },
      { headers: [{ name: "Authorization", value: "k:new", isSecret: true }], ...anew },
      closed,
    ],
    ["of the timeout begins anew", on, { timeoutMs: 5_000 }, { timeoutMs: 5_000, ...anew }, closed],
    ["of the limit is no new target", on, { ratePerSecond: 5 }, {}, { ratePerSecond: 5, rateNextAt: 0 }],
    [
      "of the secret begins anew, and ends a rotation",
      on,
      { secret: "k:new" },
      { secret: "k:new", ...alone, rotatedAt: now, ...anew },
      closed,
    ],
    [
      "that takes the secret away does so too",
      on,
      { secret: null },
      { secret: null, ...alone, rotatedAt: null, ...anew },
      closed,
    ],
    [
      "that switches it off tells when, ends a pause, and keeps the breaker and the countdown",
      on,
      { isActive: false },
      { isActive: false, disabledAt: now, pause: null },
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
    ["that switches on what is on is none", on, { isActive: true }, {}, {}],
    [
      "of all at once begins anew once",
      off,
      { isActive: true, url: "https://receiver.example/new" },
      {
        url: "https://receiver.example/new",
        isActive: true,
        disabledReason: null,
        disabledAt: null,
        ...anew,
      },
      { isPaused: false, ...closed },
    ],
    [
      "of the URL of one that is off leaves it off",
      off,
      { url: "https://receiver.example/new" },
      { url: "https://receiver.example/new", ...anew },
      closed,
    ],
    [
      "of the URL that switches it off does both",
      on,
      { url: "https://receiver.example/new", isActive: false },
      { url: "https://receiver.example/new", isActive: false, disabledAt: now, pause: null, ...anew },
      { isPaused: true, ...closed },
    ],
  ])("%s", (_, before, change, expected, expectedQueue) => {
    const queueBefore = before.isActive ? queue : paused;
    const after = editWebhook({ settings, standing: before, queue: queueBefore }, change, now);
    expect({ ...after.settings, ...after.standing }).toEqual({
      ...settings,
      ...before,
      ...expected,
      updatedAt: now,
    });
    const closes = "openedAt" in expectedQueue && { probeDelayMs: null };
    expect(after.queue).toEqual({ ...queueBefore, ...closes, ...expectedQueue });
  });
});

describe("a rotation", () => {
  const oldLeads = { signsWith: "previous", switchedAt: null } as const;
  test.each([
    [
      "lets the old secret sign for a while, and lead",
      settings,
      60_000,
      { previousSecret: "k:old", previousSecretUntil: now + 60_000, ...oldLeads },
    ],
    [
      "within an overlap keeps the one that the endpoint still takes",
      { ...settings, ...oldLeads },
      60_000,
      { previousSecret: "k:older", previousSecretUntil: now + 60_000, ...oldLeads },
    ],
    [
      "after an overlap keeps none of before it",
      { ...settings, ...oldLeads, previousSecretUntil: now },
      60_000,
      { previousSecret: "k:old", previousSecretUntil: now + 60_000, ...oldLeads },
    ],
    ["without overlap replaces it at once", settings, 0, alone],
    ["of none just gives it one", { ...settings, secret: null }, 60_000, alone],
  ])("%s, and begins anew", (_, before, overlapMs, expected) => {
    const after = rotateSecret({ settings: before, standing: on, queue }, "k:new", overlapMs, now);
    expect(after.settings).toEqual({
      ...before,
      secret: "k:new",
      ...expected,
      rotatedAt: now,
      updatedAt: now,
    });
    expect(after.standing).toEqual({ ...on, ...anew });
    expect(after.queue).toMatchObject(closed);
  });
});

describe("the value of a secret header", () => {
  type Row = [string, WebhookChange, boolean];
  test.each<Row>([
    ["is kept for another path", { url: "https://receiver.example/new" }, false],
    ["is not kept for another origin", { url: "https://other.example/" }, true],
    [
      "is not kept for another origin where its header is named",
      { url: "https://o.example/", headers: written },
      true,
    ],
    [
      "may be given for another origin",
      { url: "https://o.example/", headers: [{ ...authorization, value: "k:new" }] },
      false,
    ],
    ["goes with its header", { url: "https://other.example/", headers: [] }, false],
    ["is not there to keep for another name", { headers: [{ ...authorization, name: "X-Other" }] }, true],
    [
      "is never kept from one that is not secret",
      { headers: [{ name: "X-Env", value: null, isSecret: true }] },
      true,
    ],
  ])("%s", (_, change, lacks) => {
    expect(lacksHeaderValue(settings, change)).toBe(lacks);
  });
});

test("of a deleted webhook no secret is left, and no pause", () => {
  expect(deletedWebhook(now)).toMatchObject({
    isActive: false,
    pausedAt: null,
    pausedUntil: null,
    secret: null,
    previousSecret: null,
    headers: [],
  });
});

describe("a start that brings the platform's own target", () => {
  const before = { settings, standing: on, queue };
  const { url } = settings;

  test("is no new one when the secret is sealed anew", () => {
    const after = setPlatformTarget(before, { url, secret: "k:sealed anew" }, now);
    expect(after.settings.secret).toBe("k:sealed anew");
    expect(after.standing).toEqual(on);
    expect(after.queue).toEqual(queue);
  });

  test("with another URL begins anew", () => {
    const after = setPlatformTarget(before, { url: "https://receiver.example/2", secret: null }, now);
    expect(after.settings).toMatchObject({ url: "https://receiver.example/2", secret: null });
    expect(after.standing).toMatchObject(anew);
    expect(after.queue).toMatchObject(closed);
  });

  test("switches it on again, whatever switched it off", () => {
    const after = setPlatformTarget({ settings, standing: off, queue: paused }, { url, secret: null }, now);
    expect(after.standing).toMatchObject({ isActive: true, disabledReason: null, ...anew });
    expect(after.queue).toMatchObject({ isPaused: false, ...closed });
  });
});
