import { expect, test } from "vitest";
import { createPace } from "./pace";

/** Keeps the processor busy; answers from when to when. */
async function workFor(ms: number): Promise<{ begins: number; ends: number }> {
  const begins = performance.now();
  while (performance.now() - begins < ms);
  return { begins, ends: performance.now() };
}

test("work begins at once when it was quiet", async () => {
  let hasBegun = false;
  const done = createPace()(async () => {
    hasBegun = true;
  });
  await Promise.resolve();
  expect(hasBegun).toBe(true);
  await done;
});

test("the next work begins after a rest that is several times as long as the work was", async () => {
  const inPace = createPace();
  const [first, second] = await Promise.all([inPace(() => workFor(10)), inPace(() => workFor(0))]);
  // A timer may be a millisecond early.
  expect(second.begins - first.ends).toBeGreaterThanOrEqual(39);
});

test("what else the process does meanwhile makes the rest longer", async () => {
  const inPace = createPace();
  const first = inPace(() => workFor(0));
  const second = inPace(() => workFor(0));
  const { ends } = await first;
  setImmediate(() => void workFor(10));
  expect((await second).begins - ends).toBeGreaterThanOrEqual(49);
});

test("work that fails fails for who asked for it, and the next has its turn", async () => {
  const inPace = createPace();
  const failing = inPace(() => Promise.reject(new Error("broken")));
  const next = inPace(async () => "done");
  await expect(failing).rejects.toThrow("broken");
  expect(await next).toBe("done");
});
