import { expect, test } from "vitest";
import { findCommands } from "./find-commands";

const commands = [
  { group: "Webhooks", title: "", code: "crm.example.com/design", note: "CRM", ids: ["01a22167e480716b"] },
  { group: "Go to", title: "Deliveries", words: "attempts log" },
  { group: "Go to", title: "Signature helper", words: "verify hmac" },
  { group: "Event types", title: "", code: "search_completed", isOnlyFound: true },
  { group: "Do", title: "Theme of the system" },
  { group: "Do", title: "Sign out", words: "log off" },
];

const found = (typed: string) =>
  findCommands(commands, typed).map(({ heading, commands: members }) => [
    heading,
    ...members.map(({ title, code }) => title || code),
  ]);

test("what begins with the typed text comes first, with its group; what only contains it comes last", () => {
  expect(found("sign")).toEqual([
    ["Go to", "Signature helper"],
    ["Do", "Sign out"],
    ["Webhooks", "crm.example.com/design"],
  ]);
});

test("other words for a thing find it, after what is called so", () => {
  expect(found("log")).toEqual([
    ["Go to", "Deliveries"],
    ["Do", "Sign out"],
  ]);
  expect(found("out log")).toEqual([["Do", "Sign out"]]);
  expect(found("the system theme")).toEqual([["Do", "Theme of the system"]]);
});

test("a part of a type is a word of its own", () => {
  expect(found("COMPLETED")).toEqual([["Event types", "search_completed"]]);
});

test("an id is found by a beginning that few share, and not from inside", () => {
  expect(found("01a22167e480")).toEqual([["Webhooks", "crm.example.com/design"]]);
  expect(found("01a22167")).toEqual([]);
  expect(found("e480716b")).toEqual([]);
});

test("before anything is typed, all is listed but what is too much", () => {
  expect(found(" ").map(([heading]) => heading)).toEqual(["Webhooks", "Go to", "Do"]);
});

test("every typed word has to be there", () => {
  expect(found("sign elsewhere")).toEqual([]);
});
