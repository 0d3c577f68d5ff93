import { expect, test } from "vitest";
import { oncePerObject } from "./once-per-object";

test("what was made of an object is made once, also when it is nothing", () => {
  let made = 0;
  const make = oncePerObject(({ name }: { name: string | undefined }) => {
    made += 1;
    return name;
  });
  const [one, none] = [{ name: "one" }, { name: undefined }];
  expect([make(one), make(none), make(one), make(none)]).toEqual(["one", undefined, "one", undefined]);
  expect(made).toBe(2);
  expect(make({ name: "one" })).toBe("one");
  expect(made).toBe(3);
});
