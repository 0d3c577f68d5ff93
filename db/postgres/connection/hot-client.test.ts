import { expect, test } from "vitest";
import { hotNames } from "./hot-client";

const ask = (nameOf: (text: string) => string | undefined, text: string, times: number) =>
  Array.from({ length: times }, () => nameOf(text)).at(-1);

test("what is asked often gets a name, and keeps it", () => {
  const nameOf = hotNames();
  expect(ask(nameOf, "select 1", 9)).toBeUndefined();
  expect(nameOf("select 1")).toBe("hot_1");
  expect(nameOf("select 1")).toBe("hot_1");
  expect(ask(nameOf, "select 2", 10)).toBe("hot_2");
});

test("what is asked rarely is forgotten, however many texts there are", () => {
  const nameOf = hotNames();
  ask(nameOf, "select 1", 9);
  for (let other = 0; other < 1_000; other += 1) nameOf(`select ${other} as other`);
  expect(ask(nameOf, "select 1", 9)).toBeUndefined();
  expect(nameOf("select 1")).toBe("hot_1");
});

test("no more texts get names than a server is to keep", () => {
  const nameOf = hotNames();
  for (let text = 0; text < 200; text += 1) ask(nameOf, `select ${text}`, 10);
  expect(ask(nameOf, "select one more", 10)).toBeUndefined();
  expect(nameOf("select 199")).toBe("hot_200");
});

test("what reads days is planned for each", () => {
  expect(ask(hotNames(), "select payload from payloads where day = 1", 10)).toBeUndefined();
});
