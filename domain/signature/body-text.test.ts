import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bodiesIn, bodiesWithin, printedValue } from "./body-text";

const body = `{"id":"evt_1","type":"flow_run_failed","data":{"text":"Zoë a/b <b> 'x'","n":1.0}}`;

/** What the languages printed; see the head of the file. */
const printed = new Map(
  readFileSync(new URL("./logs/bodies.txt", import.meta.url), "utf8")
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section.slice(section.indexOf("\n") + 1)]),
);
const found = (text: string) => bodiesIn(text).map((each) => each.body);

test.each([
  "node body quoted",
  "python body",
  "starlette body",
  "php var_export body",
  "php json body",
  "ruby body inspect",
  "go body bytes",
  "go body %q",
  "java body bytes",
])("the raw bytes are read from what was printed as %s", (name) => {
  expect(found(printed.get(name) ?? "")).toContain(body);
});

test.each([
  ["node body parsed", "a JavaScript object"],
  ["python dict body", "a Python dict"],
  ["php print_r decoded", "PHP's print_r of a parsed array"],
  ["ruby parsed", "a Ruby hash"],
  ["go body map", "a Go map"],
])("a parsed body that was printed is told as one: %s", (name, words) => {
  expect(printedValue(printed.get(name) ?? "")).toEqual({ words, isParsed: true });
});

test.each([
  ["[object Object]", /made a string/],
  [printed.get("java body bytes")?.split("\n")[0] ?? "", /Java array/],
  [printed.get("node body buffer")?.trim() ?? "", /first 50 bytes/],
  ["<_io.BytesIO object at 0x7f3c2c0d5d60>", /Python object/],
])("what is no body at all is told as what it is: %s", (text, words) => {
  expect(printedValue(text)?.words).toMatch(words);
});

test("a body itself is no printed value", () => {
  expect(printedValue(body)).toBeNull();
});

test.each<[string, string]>([
  ["a gateway's event", JSON.stringify({ headers: {}, body, isBase64Encoded: false }, null, 2)],
  [
    "a gateway's event in base64",
    JSON.stringify({ body: Buffer.from(body).toString("base64"), isBase64Encoded: true }),
  ],
  ["HAR", JSON.stringify({ request: { postData: { mimeType: "application/json", text: body } } })],
  ["a request as text", `POST /hook HTTP/1.1\r\nHost: a\r\nX-Signature: b\r\n\r\n${body}\n`],
  ["a line of a log", `2026-11-28T06:03:57Z INFO received body=${body} bytes=82`],
  ["JSON in a line that is JSON", JSON.stringify({ message: JSON.stringify({ body }) })],
])("the body is found within %s", (_, text) => {
  expect(bodiesWithin(text).map((each) => each.body)).toContain(body);
});

test.each([
  ["hex", Buffer.from(body).toString("hex")],
  ["base64", Buffer.from(body).toString("base64")],
  ["the JSON of a Buffer", JSON.stringify(Buffer.from(body))],
])("bytes in %s are read", (_, text) => {
  expect(found(text)).toContain(body);
});
