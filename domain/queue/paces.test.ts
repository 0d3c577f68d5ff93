import { describe, expect, test } from "vitest";
import type { Outcome } from "../delivery/outcome";
import { paceLimits } from "../limits";
import { createPaces } from "./paces";

const common = {
  startedAt: 0,
  durationMs: 1,
  timings: { dns: null, connect: null, tls: null, first_byte: null, body: null },
  peer: { address: null, tls_version: null, certificate_expires_at: null, reused: false },
};
const answer = (status: number, body = "", headers = {}): Outcome => ({
  kind: "response",
  status,
  response: { headers, body: new TextEncoder().encode(body), truncated: false },
  ...common,
});
const ok = answer(200);
const tooMany = answer(429);
const nginxPage = answer(503, "<hr><center>nginx</center>");

/** Paces at a moment that can be moved. */
function start() {
  const clock = { now: 1_000_000 };
  return { clock, paces: createPaces(() => clock.now) };
}

type ClaimChange = { isTest?: boolean; version?: number; succeededMsAgo?: number | null };
const claim = ({ isTest = false, version = 1, succeededMsAgo = null }: ClaimChange = {}) => ({
  isTest,
  webhook: { key: 1, version, succeededMsAgo },
});

const roomOf = ({ paces }: ReturnType<typeof start>) => paces.rooms().get(1);

describe("an attempt may be made again", () => {
  const { takingMs } = paceLimits;
  type Row = [string, Outcome, ClaimChange, number | null];
  test.each<Row>([
    [
      "after 429, when the pace allows it, where something got through lately",
      tooMany,
      { succeededMsAgo: 0 },
      1_000,
    ],
    ["until two minutes after that", tooMany, { succeededMsAgo: takingMs - 1 }, 1_000],
    ["not later", tooMany, { succeededMsAgo: takingMs }, null],
    ["nor where nothing ever did", tooMany, {}, null],
    [
      "not after what says when to come again",
      answer(429, "", { "retry-after": "9" }),
      { succeededMsAgo: 0 },
      null,
    ],
    ["after what nginx itself holds back", nginxPage, { succeededMsAgo: 0 }, 1_000],
    ["not after another 503", answer(503), { succeededMsAgo: 0 }, null],
    ["not after a 500", answer(500), { succeededMsAgo: 0 }, null],
    ["not after a success", ok, { succeededMsAgo: 0 }, null],
    ["never a test", tooMany, { isTest: true, succeededMsAgo: 0 }, null],
  ])("%s", (_, outcome, change, inMs) => {
    const { clock, paces } = start();
    expect(paces.ended(claim(change), outcome, clock.now)).toBe(inMs);
  });

  test("where something of it got through here while the store knew of nothing", () => {
    const { clock, paces } = start();
    paces.ended(claim(), ok, clock.now);
    clock.now += paceLimits.takingMs - 1;
    expect(paces.ended(claim(), tooMany, clock.now)).toBe(1_000);
    clock.now += 1;
    expect(paces.ended(claim(), tooMany, clock.now)).toBeNull();
  });

  test("not for what got through to its old URL", () => {
    const { clock, paces } = start();
    paces.ended(claim(), ok, clock.now);
    expect(paces.ended(claim({ version: 2 }), tooMany, clock.now)).toBeNull();
  });
});

describe("a pace", () => {
  test("is none before anything came too soon", () => {
    const { clock, paces } = start();
    paces.ended(claim(), ok, clock.now);
    expect(paces.rooms().size).toBe(0);
    expect(paces.nextInMs()).toBeNull();
  });

  test("lets nothing go until its time has come, and then one", () => {
    const started = start();
    const { clock, paces } = started;
    paces.ended(claim(), tooMany, clock.now);
    expect(roomOf(started)).toBe(0);
    expect(paces.nextInMs()).toBe(1_000);
    clock.now += 1_000;
    expect(roomOf(started)).toBe(1);
    expect(paces.nextInMs()).toBeNull();
    paces.claimed(claim());
    expect(roomOf(started)).toBe(0);
  });

  test("is raised by what passes, and lowered by what does not", () => {
    const { clock, paces } = start();
    const betweenMs = () => {
      paces.claimed(claim());
      return paces.nextInMs();
    };
    paces.ended(claim(), tooMany, clock.now);
    clock.now += 1_000;
    paces.ended(claim(), ok, clock.now);
    expect(betweenMs()).toBe(500);
    clock.now += 500;
    paces.ended(claim(), tooMany, clock.now);
    expect(betweenMs()).toBe(625);
  });

  test("is not learned from what may be a maintenance page, where nothing got through", () => {
    const started = start();
    started.paces.ended(claim(), nginxPage, started.clock.now);
    expect(roomOf(started)).toBeUndefined();
  });

  test("is nobody else's, and takes no part of a test", () => {
    const started = start();
    const { clock, paces } = started;
    paces.ended(claim(), tooMany, clock.now);
    clock.now += 1_000;
    paces.claimed(claim({ isTest: true }));
    paces.claimed(claim({ version: 2 }));
    expect(roomOf(started)).toBe(1);
  });

  test("is forgotten after an hour in which nothing came too soon", () => {
    const started = start();
    const { clock, paces } = started;
    paces.ended(claim(), tooMany, clock.now);
    clock.now += paceLimits.forgottenMs + 1;
    expect(roomOf(started)).toBeUndefined();
  });
});

test("old successes are forgotten, those of many webhooks at a time", () => {
  const { clock, paces } = start();
  const of = (key: number) => ({ isTest: false, webhook: { key, version: 1, succeededMsAgo: null } });
  paces.ended(of(1), ok, clock.now);
  clock.now += paceLimits.takingMs;
  for (let key = 2; key < 5_000; key += 1) paces.ended(of(key), ok, clock.now);
  expect(paces.ended(of(2), tooMany, clock.now)).toBe(1_000);
  expect(paces.ended(of(1), tooMany, clock.now)).toBeNull();
});
