import { describe, expect, test } from "vitest";
import { parse } from "./options";

const measurements = ["single", "start", "restart"];
const all = { only: measurements, backlog: 100_000, isTiny: false };

describe("the command line of the bench", () => {
  test.each([
    ["", all],
    ["--rounds 7 --against HEAD~1", { ...all, rounds: 7, against: "HEAD~1" }],
    ["--only restart,single", { ...all, only: ["single", "restart"] }],
    ["--only start --tiny", { ...all, only: ["start"], isTiny: true }],
    ["--backlog 0 --plot some.json", { ...all, backlog: 0, plot: "some.json" }],
  ])("%s", (line, options) => {
    expect(parse(line.split(" ").filter(Boolean), measurements)).toEqual(options);
  });

  test.each([
    ["--only star", "--only knows no star. There are: single, start, restart."],
    ["--rounds 0", "--rounds takes a whole number from 1 on, and this is 0."],
    ["--rounds 1e3", "--rounds takes a whole number from 1 on, and this is 1e3."],
    ["--fast", "Unknown option '--fast'"],
  ])("%s is refused with a sentence", (line, sentence) => {
    expect(() => parse(line.split(" "), measurements)).toThrow(sentence);
  });
});
