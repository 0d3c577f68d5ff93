import fc from "fast-check";
import { expect, test } from "vitest";
import { Underway } from "./underway";

test("whatever begins and ends in whatever order, what is under way is what has not ended", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat())), (steps) => {
      const underway = new Underway<{ name: number; place: number }>();
      const expected: { name: number; place: number }[] = [];
      steps.forEach((step, name) => {
        if (step === null || expected.length === 0) {
          const one = { name, place: 0 };
          underway.add(one);
          expected.push(one);
        } else {
          const [ended] = expected.splice(step % expected.length, 1);
          if (ended) underway.remove(ended);
        }
        expect(underway.size).toBe(expected.length);
        expect(new Set(underway)).toEqual(new Set(expected));
      });
    }),
  );
});

test("whoever waits hears of the end of all of it, and at once when there is nothing", async () => {
  const underway = new Underway();
  await underway.whenEmpty();
  const [first, second] = [{ place: 0 }, { place: 0 }];
  underway.add(first);
  underway.add(second);
  const heard: string[] = [];
  const waiting = ["one", "another"].map((name) => underway.whenEmpty().then(() => heard.push(name)));
  underway.remove(first);
  await Promise.resolve();
  expect(heard).toEqual([]);
  underway.remove(second);
  await Promise.all(waiting);
  expect(heard).toEqual(["one", "another"]);
});
