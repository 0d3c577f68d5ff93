import { describe, expect, test } from "vitest";
import { format, toMarkdown } from "./report";
import type { Results } from "./results";

const results: Results = {
  date: "2026-03-15T16:20:44.096Z",
  commit: "0123456789abcdef",
  isChanged: false,
  against: "fedcba9876543210",
  machine: {
    node: "v20.19.0",
    system: "Linux 6.1",
    cpu: "CPU",
    cores: 2,
    memoryGiB: 8,
    isDataInMemory: false,
  },
  rounds: 3,
  rows: {
    latency: [
      { what: "to 202", unit: "ms", values: { "this build": [10, 12, 11], fedcba9: [20, 24, 44] } },
      {
        what: "to 202, watched",
        unit: "ms",
        beside: "to 202",
        values: { "this build": [20, 24, 33], fedcba9: [40, 48, 88] },
      },
    ],
  },
  skipped: ["pg-boss is not measured: its package is not installed."],
};

describe("the table of results", () => {
  const lines = toMarkdown(results).split("\n");

  test("compares medians round by round with every other subject", () => {
    expect(lines).toContain(
      "| to 202 | 11.0 ms; fedcba9 24.0 ms (× 0.50) | `npm run bench -- --only latency --against fedcba9` |",
    );
  });

  test("compares what happens beside something with what happens alone", () => {
    expect(lines).toContain(
      "| to 202, watched | 24.0 ms (× 2.00 of alone); fedcba9 48.0 ms (× 0.50), alone 24.0 ms (× 1.00) | `npm run bench -- --only latency --against fedcba9` |",
    );
  });

  test("says where it was measured, of what, and what was not", () => {
    expect(lines[0]).toBe("Fanfare 0123456 on 2026-03-15, medians of 3 rounds.");
    expect(lines).toContain("Node v20.19.0, Linux 6.1, 2 × CPU, 8 GiB.");
    expect(lines).toContain("pg-boss is not measured: its package is not installed.");
    const changed = toMarkdown({ ...results, isChanged: true });
    expect(changed).toMatch(/^Fanfare 0123456 and changes on/);
  });
});

test.each([
  [3512.4, "/s", "3,512/s"],
  [7.25, "ms", "7.3 ms"],
  [1547.2, "ms", "1,547 ms"],
  [412.6, "µs", "413 µs"],
  [105.2, "MB", "105 MB"],
] as const)("%d %s is written as %s", (value, unit, text) => {
  expect(format(value, unit)).toBe(text);
});
