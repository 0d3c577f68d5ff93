import { describe, expect, test } from "vitest";
import type { Cause } from "./cause";
import { causes } from "./causes";
import { Look } from "./look";
import { saidTypically, typicalEvidence } from "./typical";

const everything = causes.flatMap(typicalEvidence).map((evidence) => new Look(evidence));

describe.each(causes.map((cause): [string, Cause] => [cause.code, cause]))("%s", (_, cause) => {
  test("is said in whole sentences, also where nothing was seen", () => {
    const { meaning, nextStep } = saidTypically(cause);
    for (const words of [meaning, nextStep]) {
      expect(words).toMatch(/^\S.{15,}\S$/s);
      expect(words).not.toMatch(/undefined|null|NaN|\[object|\(\)|“”| {2}|\(0\b/);
    }
  });

  test("says how to tell it from others wherever it is less than certain", () => {
    const isEverLess = everything.some((look) => ["likely", "possible"].includes(cause.fits(look) || ""));
    expect(isEverLess && cause.tellApart === undefined).toBe(false);
  });

  test("names where it was seen", () => {
    expect(cause.seen).not.toEqual([]);
  });
});

test("every cause has a code of its own, in small letters and figures", () => {
  const codes = causes.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  expect(codes.filter((code) => !/^[a-z][a-z0-9_]*$/.test(code))).toEqual([]);
});
