import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Candidate, Places } from "./places";
import { inTurn, type Offer, shareTurns } from "./turns";

const places = (change: Partial<Places> = {}): Places => ({
  free: 100,
  slots: 10,
  webhookCap: 16,
  customerCap: 64,
  customerShare: 1,
  inFlight: { byWebhook: new Map(), byCustomer: new Map() },
  webhookCaps: new Map(),
  webhookRooms: new Map(),
  drainCaps: new Map(),
  ...change,
});
const candidate = (customerKey: number, webhookKey: number, change: Partial<Candidate> = {}): Candidate => ({
  webhookKey,
  customerKey,
  isOpen: false,
  isDraining: false,
  drain: 0,
  ...change,
});
/** Deliveries are named after their webhook. */
const offer = (each: Candidate, count: number): Offer => ({
  ...each,
  due: Array.from({ length: count }, (_, n) => each.webhookKey * 100 + n),
});
const held = (byCustomer: [number, number][], byWebhook: [number, number][] = []) => ({
  inFlight: { byCustomer: new Map(byCustomer), byWebhook: new Map(byWebhook) },
});

describe("free places", () => {
  type Row = [string, Offer[], Partial<Places>, number[][]];
  test.each<Row>([
    ["are none: nobody gets any", [offer(candidate(1, 1), 3)], { slots: 0 }, []],
    ["go to whoever has something due", [offer(candidate(1, 1), 0), offer(candidate(1, 2), 1)], {}, [[200]]],
    ["go to one webhook, if nothing else is due", [offer(candidate(1, 1), 3)], {}, [[100, 101, 102]]],
    [
      "are shared by customers, whatever their backlogs",
      [offer(candidate(1, 1), 50), offer(candidate(2, 2), 50)],
      { slots: 4 },
      [
        [100, 101],
        [200, 201],
      ],
    ],
    [
      "are shared by customers, however many webhooks they have",
      [offer(candidate(1, 1), 9), offer(candidate(1, 2), 9), offer(candidate(2, 3), 9)],
      { slots: 4 },
      [[100], [300, 301], [200]],
    ],
    [
      "that one customer leaves are another's",
      [offer(candidate(1, 1), 1), offer(candidate(2, 2), 9)],
      { slots: 5 },
      [[100], [200, 201, 202, 203]],
    ],
    [
      "go to webhooks up to their caps, what is in flight included",
      [offer(candidate(1, 1), 9), offer(candidate(1, 2), 9)],
      { webhookCap: 3, ...held([], [[1, 2]]) },
      [[100], [200, 201, 202]],
    ],
    [
      "go to a customer up to its cap, what is in flight included",
      [offer(candidate(1, 1), 9), offer(candidate(1, 2), 9)],
      { customerCap: 5, ...held([[1, 2]]) },
      [[100, 101], [200]],
    ],
    [
      "go to nobody beyond what is still free then",
      [offer(candidate(1, 1), 9), offer(candidate(2, 2), 9)],
      { free: 6, ...held([[1, 3]]) },
      [[100], [200, 201, 202]],
    ],
    ["go one to a webhook whose breaker is open", [offer(candidate(1, 1, { isOpen: true }), 3)], {}, [[100]]],
    [
      "go one to a webhook that begins to drain",
      [offer(candidate(1, 1, { isDraining: true, drain: 2 }), 9)],
      { drainCaps: new Map([[1, { drain: 1, cap: 8 }]]) },
      [[100]],
    ],
    [
      "go to one that drains as far as its drain has come",
      [offer(candidate(1, 1, { isDraining: true, drain: 2 }), 9)],
      { drainCaps: new Map([[1, { drain: 2, cap: 3 }]]) },
      [[100, 101, 102]],
    ],
  ])("%s", (_, offers, change, expected) => {
    expect(shareTurns(offers, places(change)).map(({ deliveries }) => deliveries)).toEqual(expected);
  });
});

test("the turn is the customers', one webhook each, until they may have no more", () => {
  const candidates = [
    [1, 1],
    [1, 2],
    [2, 3],
    [1, 4],
    [1, 5],
    [3, 6],
  ].map(([customer = 0, webhook = 0]) => candidate(customer, webhook));
  const few = places({
    slots: 1,
    customerCap: 6,
    ...held([
      [1, 3],
      [3, 6],
    ]),
  });
  expect([...inTurn(candidates, few)].map(({ webhookKey }) => webhookKey)).toEqual([1, 3, 2, 4]);
});

test("offers of whose turn it is are as good as offers of all", () => {
  const offers = fc.array(
    fc.record({ customer: fc.integer({ min: 1, max: 4 }), due: fc.integer({ min: 1, max: 6 }) }),
  );
  fc.assert(
    fc.property(offers, fc.integer({ min: 1, max: 12 }), (given, slots) => {
      const all = given.map(({ customer, due }, index) => offer(candidate(customer, index + 1), due));
      const free = places({ slots, webhookCap: 3, customerCap: 7 });
      const next = new Set([...inTurn(all, free)].slice(0, slots));
      const enough = all.filter((each) => next.has(each));
      expect(shareTurns(enough, free)).toEqual(shareTurns(all, free));
    }),
  );
});
