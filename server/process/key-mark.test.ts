import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { KeyMark } from "@/db/opened";
import { assertOwn, renewMark } from "./key-mark";

const keyRing = [{ id: "k1", key: randomBytes(32) }];
const authSecret = "a secret of a test, of forty characters.";
const keys = (platformApiKey: string, platformApiKeyPrevious: string | null = null) => ({
  platformApiKey,
  platformApiKeyPrevious,
  authSecret,
  keyRing,
});
const [old, next] = ["fp_the-one-of-before", "fp_the-one-to-come"];

/** As a database keeps it. */
function keptMark(): KeyMark {
  let kept: string | null = null;
  return {
    keep: async (mark) => (kept ??= mark),
    replace: async (from, to) => {
      if (kept !== from) return false;
      kept = to;
      return true;
    },
  };
}

test("the platform's key is replaced machine by machine, and each starts at every step", async () => {
  const mark = keptMark();
  const starts = (platformApiKey: string, previous: string | null = null) =>
    expect(assertOwn(keys(platformApiKey, previous), mark)).resolves.toBeUndefined();
  await starts(old);
  await starts(next, old); // the first machine
  await starts(old); // another one starts again meanwhile
  await renewMark(keys(next, old), mark);
  await starts(next, old);
  await starts(next);
});

test("a machine that lacks the new key is refused once that is the database's", async () => {
  const mark = keptMark();
  await assertOwn(keys(old), mark);
  await renewMark(keys(next, old), mark);
  await expect(assertOwn(keys(old), mark)).rejects.toThrow("set up with other PLATFORM_API_KEY");
});

test("the new key alone is refused until the database has been told", async () => {
  const mark = keptMark();
  await assertOwn(keys(old), mark);
  await expect(assertOwn(keys(next), mark)).rejects.toThrow("npm run keys:rotate");
  await expect(assertOwn(keys(next, "fp_some-other-key-of-before"), mark)).rejects.toThrow(
    "PLATFORM_API_KEY",
  );
});
