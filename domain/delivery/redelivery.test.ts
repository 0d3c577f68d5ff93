import { expect, test } from "vitest";
import { dueAgain, dueAsAsked, dueEarly, redeliver } from "./redelivery";

const ended = { isTest: false, isInFlight: false, isPending: false };
const waiting = { ...ended, isPending: true };
const on = { isActive: true };

test.each([
  ["what has ended is due again", ended, on, "due_again"],
  ["what waits is due early", waiting, on, "due_early"],
  ["what is in flight is asked for again", { ...waiting, isInFlight: true }, on, "ask_again"],
  ["nothing is sent to a webhook that is off", ended, { isActive: false }, "inactive"],
  ["nor asked for during an attempt", { ...waiting, isInFlight: true }, { isActive: false }, "inactive"],
  ["a test is never sent again", { ...ended, isTest: true }, { isActive: false }, "is_test"],
])("%s", (_, delivery, webhook, expected) => {
  expect(redeliver(delivery, webhook)).toBe(expected);
});

test("a fresh schedule begins with no tries and waits from now on, one that goes on keeps both", () => {
  expect(dueAgain(7)).toMatchObject({
    status: "pending",
    dueAt: 7,
    tries: 0,
    signsWith: null,
    pendingSince: 7,
    endedAt: null,
  });
  expect(Object.keys(dueAgain(7)).filter((each) => !(each in dueEarly(7)))).toEqual([
    "tries",
    "signsWith",
    "pendingSince",
  ]);
});

test("what somebody asked for is marked so, whether it waits or has ended", () => {
  expect(dueAsAsked(true, 7)).toEqual({ ...dueEarly(7), isAskedAgain: true });
  expect(dueAsAsked(false, 7)).toEqual({ ...dueAgain(7), isAskedAgain: true });
});

test("both are sent because somebody asked, forget losses and probes, and are asked for no longer", () => {
  for (const due of [dueAgain(7), dueEarly(7)]) {
    expect(due).toMatchObject({ nextReason: "manual", lostInARow: 0, probes: 0, isAskedAgain: false });
  }
});
