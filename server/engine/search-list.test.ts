import { expect, test } from "vitest";
import { namesToAsk } from "./search-list";

test.each([
  ["no configuration", "", ["a.b"]],
  ["a list", "search one.example two.example", ["a.b", "a.b.one.example", "a.b.two.example"]],
  ["the last of several lists", "search one.example\ndomain two.example", ["a.b", "a.b.two.example"]],
  ["a domain, which is one", "domain one.example two.example", ["a.b", "a.b.one.example"]],
  [
    "names in any case, with and without a dot at the end",
    "search ONE.example. .",
    ["a.b", "a.b.one.example"],
  ],
  [
    "remarks",
    "# search one.example\n;search two.example\nsearch three.example # four",
    ["a.b", "a.b.three.example"],
  ],
  [
    "tabs, blanks and other lines",
    "nameserver 10.0.0.1\r\nsearch\tone.example  \r\n",
    ["a.b", "a.b.one.example"],
  ],
  ["more dots demanded", "search one.example\noptions timeout:1 ndots:2", ["a.b.one.example", "a.b"]],
  ["as many dots as there are", "search one.example\noptions ndots:1", ["a.b", "a.b.one.example"]],
  ["no dots demanded", "search one.example\noptions ndots:0", ["a.b", "a.b.one.example"]],
  ["nonsense for a number", "search one.example\noptions ndots:many ndots:", ["a.b", "a.b.one.example"]],
])("with %s", (_, resolvConf, names) => {
  expect(namesToAsk("a.b", resolvConf)).toEqual(names);
});

test("a name that is whole is completed by nothing, and none gets longer than names may be", () => {
  expect(namesToAsk("a.b.", "search one.example\noptions ndots:5")).toEqual(["a.b"]);
  const long = Array.from({ length: 60 }, () => "abc").join(".");
  expect(namesToAsk(long, `search ${"x".repeat(20)}\noptions ndots:15`)).toEqual([long]);
});
