import { expect, test } from "vitest";
import { sentHeaders } from "../delivery/sent-headers";
import { headerProblems } from "./header-rules";
import { signatureHeaders } from "./signature";

const problemsOf = (...headers: [name: string, value: string | null][]) =>
  headerProblems(headers.map(([name, value]) => ({ name, value })));
const fieldsOf = (...headers: [name: string, value: string | null][]) =>
  problemsOf(...headers).map(({ index, field }) => `${index} ${field}`);

test.each([
  ["Authorization", "Bearer abc"],
  ["X-Api-Key", 'a:b;c=\t"d"'],
  ["x-tenant_id", "42"],
  ["Cookie", "session=1"],
  ["X-Forwarded-Tenant", "north"],
])("%s may be sent", (name, value) => {
  expect(problemsOf([name, value])).toEqual([]);
});

/** All that a delivery says by itself, in any case. */
const own = [
  ...Object.keys(
    sentHeaders({
      webhookId: "w",
      eventId: "e",
      customerId: "c",
      eventType: "search_completed",
      number: 1,
      reason: "scheduled",
      sentBy: "1",
      signedAt: 1,
    }),
  ),
  ...(["current", "previous"] as const).flatMap((leads) =>
    Object.keys(
      signatureHeaders({
        body: "",
        eventId: "e",
        timestampSeconds: 1,
        secret: "a",
        previousSecret: "b",
        leads,
      }),
    ),
  ),
  "Accept",
  "Accept-Encoding",
  "Idempotency-Key",
];

test.each(own)("%s is Fanfare's own", (name) => {
  expect(fieldsOf([name, "1"], [name.toUpperCase(), "1"])).toEqual(["0 name", "1 name"]);
});

test.each([
  "Host",
  "Connection",
  "Keep-Alive",
  "Proxy-Authorization",
  "TE",
  "Trailer",
  "Transfer-Encoding",
  "Upgrade",
  "Expect",
  "Content-Length",
  "Content-Encoding",
])("%s is the connection's or the body's", (name) => {
  expect(fieldsOf([name, "1"], [name.toLowerCase(), "1"])).toEqual(["0 name", "1 name"]);
});

test.each(["", "X Env", "X-Env:", "X-Env\r\nHost", "Ümlaut", "1st", "__proto__", "a".repeat(101)])(
  "%j is no name",
  (name) => {
    expect(fieldsOf([name, "1"])).toEqual(["0 name"]);
  },
);

test.each([
  "",
  "two\r\nHost: lines",
  "two\nlines",
  "\0",
  "naïve",
  "日本",
  " blank",
  "blank ",
  "a".repeat(1_025),
])("%j is no value", (value) => {
  expect(fieldsOf(["X-Env", value])).toEqual(["0 value"]);
});

test("a value that is to be kept is not judged", () => {
  expect(problemsOf(["Authorization", null])).toEqual([]);
});

test("a name is there once, in any case", () => {
  expect(problemsOf(["X-Env", "1"], ["X-Other", "1"], ["x-env", "1"])).toEqual([
    { index: 2, field: "name", sentence: "Header 1 has this name already." },
  ]);
});

test("together they are bounded, and told so once", () => {
  const many = Array.from({ length: 12 }, (_, n): [string, string] => [`X-${n}`, "v".repeat(1_000)]);
  expect(fieldsOf(...many)).toEqual(["8 value"]);
});
