import { expect, test } from "vitest";
import { capOfCustomer, fullPlaces, type Places, roomOf } from "./places";

const places: Places = {
  free: 20,
  slots: 10,
  webhookCap: 4,
  customerCap: 8,
  customerShare: 1 / 4,
  inFlight: {
    byWebhook: new Map([
      [1, 4],
      [2, 3],
      [3, 1],
      [4, 1],
    ]),
    byCustomer: new Map([
      [10, 5],
      [11, 4],
    ]),
  },
  webhookCaps: new Map([[4, 1]]),
  webhookRooms: new Map(),
  drainCaps: new Map([
    [2, { drain: 7, cap: 4 }],
    [3, { drain: 1, cap: 1 }],
  ]),
};
const webhook = { webhookKey: 9, customerKey: 10, isOpen: false, isDraining: false, drain: 0 };

test.each([
  ["a webhook with nothing in flight has all of its cap", webhook, 4],
  ["one with some in flight has the rest", { ...webhook, webhookKey: 2 }, 1],
  ["one that is full has none", { ...webhook, webhookKey: 1 }, 0],
  ["one that timed out has what it has earned", { ...webhook, webhookKey: 4 }, 0],
  ["one whose breaker is open has the probe's", { ...webhook, webhookKey: 1, isOpen: true }, 1],
  ["a drain that is new here begins with one", { ...webhook, isDraining: true, drain: 1 }, 1],
  ["one that is known has come further", { ...webhook, webhookKey: 2, isDraining: true, drain: 7 }, 1],
  [
    "the next one of the same webhook begins anew",
    { ...webhook, webhookKey: 2, isDraining: true, drain: 8 },
    0,
  ],
])("%s", (_, candidate, room) => {
  expect(roomOf(candidate, places)).toBe(room);
});

test("a customer may have a part of what is free, and its cap at most", () => {
  expect([20, 32, 400].map((free) => capOfCustomer(places, free))).toEqual([5, 8, 8]);
});

test("a webhook that may have nothing is full without anything in flight", () => {
  const paced = { ...places, webhookRooms: new Map([[9, 0]]) };
  expect(fullPlaces(paced).fullWebhooks).toContain(9);
  expect(roomOf(webhook, paced)).toBe(0);
});

test("a webhook that has a pace may have as much as that allows beside what is in flight, and its cap at most", () => {
  const roomWith = (room: number) =>
    roomOf({ ...webhook, webhookKey: 3 }, { ...places, webhookRooms: new Map([[3, room]]) });
  expect([roomWith(1), roomWith(9)]).toEqual([1, 3]);
});

test("what is full is told, and which drains have room beside what is in flight", () => {
  expect(fullPlaces(places)).toEqual({
    fullWebhooks: [1, 4],
    fullCustomers: [10],
    busyWebhooks: [1, 2, 3, 4],
    roomyDrains: [[2, 7]],
  });
});
