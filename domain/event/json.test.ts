import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentDigest, parseJson } from "./json";

const value = (text: string) => {
  const parsed = parseJson(text);
  return "value" in parsed ? parsed.value : parsed.errors;
};
const errors = (source: string | Uint8Array) => {
  const parsed = parseJson(source);
  return "errors" in parsed ? parsed.errors : [];
};
const paths = (text: string) => errors(text).map(({ path, code }) => [code, ...path]);

test("what JSON.stringify writes comes back the same", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (json, indent) => {
      const text = JSON.stringify(json, null, indent);
      expect(JSON.stringify(value(text))).toBe(JSON.stringify(json));
    }),
  );
});

test("text is JSON exactly where JSON.parse says so", () => {
  const parts = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"\\u0041"',
    '"\\x"',
    "0",
    "01",
    "-",
    "1.",
    "1e5",
    ".5",
    " ",
    "null",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 8 }), (pieces) => {
      const text = pieces.join("");
      const isJson = errors(text).every(({ code }) => code !== "invalid_json");
      expect(isJson, text).toBe(parses(text));
    }),
    { numRuns: 2_000 },
  );
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("numbers", () => {
  test.each([
    "0",
    "-0",
    "1.0",
    "1e2",
    "1E+2",
    "0.1",
    "100.50",
    "9007199254740992",
    "5e-324",
    "1.7976931348623157e308",
  ])("%s is kept", (literal) => expect(value(literal)).toBe(Number(literal)));

  test.each([
    "12345678901234567890",
    "9007199254740993",
    "-9007199254740993",
    "1e400",
    "-1e400",
    "1e-400",
    "0.1000000000000000055511151231257827",
    "1.00000000000000000001",
  ])("%s would change and is refused", (literal) => {
    expect(paths(`{"a":[1,${literal}]}`)).toEqual([["inexact_number", "a", 1]]);
  });

  test("a double survives in every spelling", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const spellings = [
          String(number),
          number.toExponential(),
          ...(Math.abs(number) < 1e15 ? [`${number.toFixed(0)}.0`] : []),
        ];
        for (const spelling of spellings) expect(errors(spelling), spelling).toEqual([]);
      }),
    );
  });
});

test("every problem is told with its path", () => {
  const text = '{"a":1e400,"b":[{"c":12345678901234567890}],"a":2,"b":{"d":1,"d":2}}';
  expect(paths(text)).toEqual([
    ["inexact_number", "a"],
    ["inexact_number", "b", 0, "c"],
    ["duplicate_key", "a"],
    ["duplicate_key", "b"],
    ["duplicate_key", "b", "d"],
  ]);
});

test("repeated keys are repeated in any spelling", () => {
  expect(paths('{"key":1,"\\u006bey":2}')).toEqual([["duplicate_key", "key"]]);
  expect(paths('{"__proto__":1,"__proto__":2}')).toEqual([["duplicate_key", "__proto__"]]);
});

test("a key named __proto__ is kept and harms nothing", () => {
  const text = '{"__proto__":{"admin":true},"constructor":{"prototype":null}}';
  const parsed = value(text);
  expect(JSON.stringify(parsed)).toBe(text);
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

describe("nesting", () => {
  const nested = (levels: number) => `{"a":${"[".repeat(levels)}${"]".repeat(levels)}}`;

  test("64 levels inside the outermost are fine, in an array or alone", () => {
    expect(errors(nested(64))).toEqual([]);
    expect(errors(`[${nested(64)}]`)).toEqual([]);
  });

  test("one more is refused where it begins", () => {
    expect(errors(nested(65))).toEqual([
      expect.objectContaining({ path: ["a", ...Array(64).fill(0)], code: "too_deep" }),
    ]);
  });

  test("a million levels are refused just the same", () => {
    expect(errors("[".repeat(1_000_000))).toEqual([expect.objectContaining({ code: "too_deep" })]);
  });
});

test("bytes that are no UTF-8 are refused", () => {
  expect(errors(Buffer.from([0x22, 0xff, 0x22]))).toEqual([
    expect.objectContaining({ code: "invalid_utf8" }),
  ]);
});

test("a byte order mark is no part of the JSON", () => {
  expect(parseJson(Buffer.from("\ufeff[1]"))).toEqual({ value: [1] });
});

test("no answer is longer than its question: problems and keys have a limit", () => {
  const key = "k".repeat(10_000);
  const told = errors(`{"${key}":[${Array(1_000).fill("1e999").join(",")}]}`);
  expect(told).toHaveLength(100);
  expect(JSON.stringify(told).length).toBeLessThan(50_000);
});

describe("content", () => {
  test("is the same in any order of keys", () => {
    const a = { type: "t", data: { x: 1, y: [{ p: 1, q: 2 }] } };
    const b = { data: { y: [{ q: 2, p: 1 }], x: 1 }, type: "t" };
    expect(contentDigest(a)).toBe(contentDigest(b));
  });

  test.each([
    [{ a: 1 }, { a: "1" }],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: null }, {}],
    [[[]], [{}]],
    [{ a: { b: 1 } }, { a: 1, b: 1 }],
    ["a,b", ["a", "b"]],
  ])("%j is not %j", (a, b) => {
    expect(contentDigest(a)).not.toBe(contentDigest(b));
  });
});
