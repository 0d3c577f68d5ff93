import { describe, expect, test } from "vitest";
import { publishedRow } from "./backlog";
import { besideQueues } from "./measure/peers";
import { connectionsOf, singleRow } from "./measure/single";
import { toSvg } from "./plot";
import type { Results } from "./results";

const rows: Results["rows"] = {
  peers: [
    {
      what: publishedRow(besideQueues),
      unit: "/s",
      values: { "this build": [9_000, 10_000, 11_000], "a <b> & c": [5_000, 5_000, 5_000] },
    },
  ],
  single: [
    { what: singleRow(connectionsOf(32)), unit: "/s", values: { "this build": [2_000], bare: [4_000] } },
  ],
};

const draw = (some: Results["rows"]) =>
  toSvg({
    date: "2026-03-15T16:20:44.096Z",
    commit: "0123456789",
    isChanged: false,
    against: null,
    machine: { node: "", system: "", cpu: "", cores: 2, memoryGiB: 8, isDataInMemory: false },
    rounds: 3,
    rows: some,
    skipped: [],
  });

describe("the plot", () => {
  test("has a bar a subject, as long as its median, the longest of a panel over all of the width", () => {
    const bars = [...draw(rows).matchAll(/<rect(?: class="own")? x="16" y="\d+" width="(\d+)"/g)];
    expect(bars.map(([, width]) => Number(width))).toEqual([448, 224, 224, 448]);
  });

  test("tells in words what it shows, whatever a name has in it", () => {
    const svg = draw(rows);
    expect(svg).toContain("Deliveries a second: this build 10,000, a &lt;b> &amp; c 5,000.");
    expect(svg).not.toContain("<b>");
  });

  test("is not drawn without one of its rows", () => {
    const { single } = rows;
    expect(() => draw({ single: single ?? [] })).toThrow("These results have no row");
  });
});
