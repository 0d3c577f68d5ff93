import { describe, expect, test } from "vitest";
import type { ResponseHeaders } from "@/domain/delivery/outcome";
import { headersIn, headerText } from "./header-text";

const usual = {
  "content-type": "text/plain",
  date: "Fri, 27 Nov 2026 13:31:34 GMT",
  connection: "keep-alive",
  "keep-alive": "timeout=5",
  "content-length": "2",
};

const kinds: [what: string, headers: ResponseHeaders][] = [
  ["none", {}],
  ["usual ones", usual],
  ["a name that no list has", { "x-own": "1", "": "no name" }],
  ["a known name with another value", { "content-type": "text/xml", server: "", connection: "Upgrade" }],
  ["values that look like ours", { "x-a": "A", "x-b": ":b:c", "x-c": "@1", "x-d": "{", "{": "}" }],
  ["a value with colons and spaces", { location: "https://example.com/ a: b", etag: " W/: x " }],
  ["several values", { "set-cookie": ["a=1", "b=2"], date: usual.date }],
  ["a line feed in a value or a name, or a colon in a name", { "x-a": "1\n2", "x\nb": "3", ":c": "4" }],
  ["a number as a name", { b: "1", "7": "2" }],
  ["text beyond ASCII", { "x-name": "Grüße" }],
  ["text beyond Latin 1, and what is none", { "x-name": "世界 \u2028 \u0000 \ud800" }],
  ...[
    "Fri, 27 Nov 2026 13:31:34 GMT",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Wed, 31 Dec 1969 23:59:59 GMT",
    "Mon, 27 Nov 2026 13:31:34 GMT", // a Friday
    "Fri, 27 Nov 2026 13:31:34 UTC",
    "2026-11-27T13:31:34.500Z",
    "Invalid Date",
    "0",
    "",
  ].map((date): [string, ResponseHeaders] => [`the date "${date}"`, { date }]),
];

describe("headers come back as they were", () => {
  test.each(kinds)("%s", (_, headers) => {
    const back = headersIn(headerText(headers));
    expect(back).toEqual(headers);
    expect(Object.keys(back)).toEqual(Object.keys(headers));
  });

  test("one that is called __proto__", () => {
    const headers = JSON.parse('{"__proto__":"polluted","x-a":"1"}');
    expect(Object.entries(headersIn(headerText(headers)))).toEqual(Object.entries(headers));
  });

  test("of before they were kept like this", () => {
    expect(headersIn(JSON.stringify(usual))).toEqual(usual);
  });
});

test("usual ones take a seventh of what their JSON takes", () => {
  expect(headerText(usual).length).toBeLessThan(JSON.stringify(usual).length / 7);
});

/** Whoever reads an older database, or goes back to it, finds what was meant. */
test("what is stored keeps its meaning", () => {
  expect(headersIn("A\nB\nT\natext/xml\nttoday\n@0\n:x-own:1")).toEqual({
    connection: "close",
    "x-frame-options": "SAMEORIGIN",
    "content-type": "text/xml",
    expires: "today",
    date: "Thu, 01 Jan 1970 00:00:00 GMT",
    "x-own": "1",
  });
});
