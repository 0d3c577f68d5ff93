import { describe, expect, test } from "vitest";
import type { Outcome, ResponseHeaders } from "./outcome";
import { readRefusal, refusalOf, refusesContent } from "./refusal";

const common = {
  startedAt: 0,
  durationMs: 5,
  timings: { dns: null, connect: null, tls: null, first_byte: null, body: null },
  peer: { address: null, tls_version: null, certificate_expires_at: null, reused: false },
};
function answer(status: number, body: string | Uint8Array, headers: ResponseHeaders = {}): Outcome {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return { kind: "response", status, response: { headers, body: bytes, truncated: false }, ...common };
}
const said = (body: string | Uint8Array) => refusalOf(answer(422, body));

test.each([
  [400, true],
  [409, true],
  [413, true],
  [415, true],
  [422, true],
  [200, false],
  [301, false],
  [401, false],
  [403, false],
  [404, false],
  [410, false],
  [429, false],
  [500, false],
  [503, false],
])("%i refuses the content: %s", (status, expected) => {
  expect(refusesContent(status)).toBe(expected);
  expect(refusalOf(answer(status, "no")) !== null).toBe(expected);
});

test("no answer is no refusal", () => {
  const error = { code: "response_timeout", message: "No answer came." } as const;
  expect(refusalOf({ kind: "error", error, ...common })).toBeNull();
});

describe("the words of a refusal", () => {
  test.each([
    ["are those of the answer", "unknown field", "422 unknown field"],
    ["come after the status, which stands alone without any", "", "422"],
    ["are none where nothing but blanks came", " \r\n\t ", "422"],
    ["stand on one line", "unknown\r\n\t  field\n", "422 unknown field"],
    ["leave out what is no character to see", "un\u202eknown\u0000field\u200b", "422 un known field"],
    ["are JSON where that is what came", '{"error":"unknown field"}', '422 {"error":"unknown field"}'],
    ["mask numbers", "line 17 of 20", "422 line … of …"],
    ["mask ids", "event 019a-77ff_b3 of evt_9Zx", "422 event … of …"],
    ["mask moments", "at 2026-11-27T10:05:25.123Z", "422 at …:…:….…"],
    ["keep names that have none", "user_id is read-only", "422 user_id is read-only"],
    ["may be of any language", "неизвестное поле №٣", "422 неизвестное поле №…"],
    ["replace bytes that are no text", new Uint8Array([0x61, 0xff, 0x62]), "422 a\ufffdb"],
  ])("%s", (_, body, expected) => {
    expect(said(body)).toBe(expected);
  });

  test("are the same whatever ids and numbers they name", () => {
    const about = (id: string, line: number) => said(`{"id":"${id}","line":${line},"error":"unknown field"}`);
    expect(about("0191-aa", 7)).toBe(about("evt_77", 1_234));
    expect(about("a1", 1)).not.toBe(said('{"id":"a1","line":1,"error":"unknown type"}'));
  });

  test("end after 200 characters, none of which is cut in two", () => {
    expect(said("é".repeat(200))).toBe(`422 ${"é".repeat(200)}`);
    expect(said("😀".repeat(400))).toBe(`422 ${"😀".repeat(200)}…`);
    expect(said(`a${"é".repeat(2_000)}`)).toBe(`422 a${"é".repeat(199)}…`);
  });

  test("are none of a compressed answer", () => {
    expect(refusalOf(answer(400, "\u001f\u008b", { "content-encoding": "gzip" }))).toBe("400");
  });
});

test.each([
  ["422", { statusCode: 422, words: "" }],
  ["400 unknown field", { statusCode: 400, words: "unknown field" }],
])("%s is read in its parts", (text, parts) => {
  expect(readRefusal(text)).toEqual(parts);
});
