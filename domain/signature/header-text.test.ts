import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseHeaderText } from "./header-text";

const signature = `sha256=${"ab".repeat(32)}`;
const standard = `v1,${Buffer.alloc(32, 251).toString("base64")} v1,${Buffer.alloc(32, 7).toString("base64")}`;
const signed = {
  "x-signature": signature,
  "webhook-id": "evt_1",
  "webhook-timestamp": "1795000000",
  "webhook-signature": standard,
};

/** What the languages printed; see the head of the file. */
const printed = readFileSync(new URL("./logs/headers.txt", import.meta.url), "utf8")
  .split(/^### /m)
  .slice(1)
  .map(
    (section) => [section.slice(0, section.indexOf("\n")), section.slice(section.indexOf("\n") + 1)] as const,
  );

test.each(printed)("what was printed by %s is read", (_, text) => {
  expect(parseHeaderText(text)).toMatchObject(signed);
});

const list = (print: (name: string, value: string) => string, between: string) =>
  Object.entries(signed)
    .map(([name, value]) => print(name, value))
    .join(between);

/** Forms of software that cannot be run here, as its documentation shows them. */
const documented: [string, string][] = [
  [
    "an event of AWS API Gateway",
    JSON.stringify(
      {
        resource: "/{proxy+}",
        headers: {
          "Content-Type": "application/json",
          "X-Signature": signature,
          "webhook-id": "evt_1",
          "webhook-timestamp": "1795000000",
          "webhook-signature": standard,
        },
        multiValueHeaders: {
          "X-Signature": [signature],
          "webhook-id": ["evt_1"],
          "webhook-timestamp": ["1795000000"],
          "webhook-signature": [standard],
        },
        requestContext: { requestTimeEpoch: 1_795_000_000_123 },
        body: "{}",
        isBase64Encoded: false,
      },
      null,
      2,
    ),
  ],
  [
    "a request of CloudFront's functions",
    JSON.stringify({
      headers: Object.fromEntries(Object.entries(signed).map(([key, value]) => [key, [{ key, value }]])),
    }),
  ],
  [
    "HAR",
    JSON.stringify(
      {
        log: {
          entries: [
            { request: { headers: Object.entries(signed).map(([name, value]) => ({ name, value })) } },
          ],
        },
      },
      null,
      2,
    ),
  ],
  ["Spring's HttpHeaders", `[${list((name, value) => `${name}:"${value}"`, ", ")}]`],
  ["pairs of .NET", list((name, value) => `[${name}, ${value}]`, "\n")],
  ["a list of Elixir", `[${list((name, value) => `{"${name}", "${value}"}`, ", ")}]`],
  ["binaries of Erlang", `[${list((name, value) => `{<<"${name}">>,<<"${value}">>}`, ",")}]`],
  ["Gson", JSON.stringify(signed).replaceAll("=", "\\u003d")],
  [".NET's JSON", JSON.stringify(signed).replaceAll("+", "\\u002B")],
  [
    "a log's line in JSON",
    JSON.stringify({
      log: `${list((name, value) => `${name}: ${value}`, "\n")}\n`,
      stream: "stdout",
    }),
  ],
  ["JSON in JSON", JSON.stringify({ message: JSON.stringify(signed) })],
  ["curl's arguments", list((name, value) => `-H '${name}: ${value}'`, " \\\n  ")],
  [
    "lines of Docker",
    list((name, value) => `app-1  | 2026-11-28T06:03:57.080Z DEBUG ${name}: ${value}`, "\n"),
  ],
  ["a query", list((name, value) => `${name}=${value}`, ";")],
  ["logfmt", list((name, value) => `${name.replaceAll("-", "_")}="${value}"`, " ")],
  ["pairs in a row", list((name, value) => `req.headers.${name} = ${value}`, " | ")],
  ["arrows", list((name, value) => `${name} -> ${value}`, "\n")],
  ["a table", list((name, value) => `| ${name} | ${value} |`, "\n")],
  ["columns", list((name, value) => `${name}\t${value}`, "\n")],
  ["a browser's tools", list((name, value) => `${name}:\n${value}`, "\n")],
  ["YAML", list((name, value) => `  ${name}:\n    - ${value}`, "\n")],
  ["lists of YAML", list((name, value) => `- name: ${name}\n  value: ${value}`, "\n")],
  ["XML", list((name, value) => `<header name="${name}">${value}</header>`, "")],
  ["Clojure", `{${list((name, value) => `"${name}" "${value}"`, ", ")}}`],
  ["Lua", `{ ${list((name, value) => `["${name}"] = "${value}"`, ", ")} }`],
  ["Perl's Dumper", `$VAR1 = {\n${list((name, value) => `  '${name}' => '${value}'`, ",\n")}\n};`],
  [
    "nginx's debug log",
    list((name, value) => `2026/11/28 [debug] 12#12: *1 http header: "${name}: ${value}"`, "\n"),
  ],
  ["names and values in turn", Object.entries(signed).flat().join("\n")],
];

test.each(documented)("%s is read", (_, text) => {
  expect(parseHeaderText(text)).toMatchObject(signed);
});

test.each([
  ['{"X-Signature": "sha256=1", "webhook-id": ["e1"]}'],
  ["X-Signature: sha256=1\nwebhook-id: e1\nnonsense"],
  ["< x-signature: sha256=1\r\n< Webhook-Id: e1\r"],
  [`"x-signature": "sha256=1",\n'webhook-id': 'e1',`],
])("headers are read out of %j", (text) => {
  expect(parseHeaderText(text)).toMatchObject({ "x-signature": "sha256=1", "webhook-id": "e1" });
});

test("a name that is only mentioned is no header, and one without a value is empty", () => {
  expect(parseHeaderText("Missing X-Signature header")).toEqual({});
  expect(parseHeaderText("X-Signature:\r\nHost: a\r\nwebhook-id: e1")).toEqual({
    "x-signature": "",
    "webhook-id": "e1",
  });
});

test("of two values of a name the one that looks like one is taken", () => {
  expect(parseHeaderText(`X-Signature: missing\nX-Signature: ${signature}`)).toEqual({
    "x-signature": signature,
  });
});

test("headers in JSON whose values are no text are empty, however deep they lie", () => {
  const deep = "[".repeat(16_000) + "]".repeat(16_000);
  expect(parseHeaderText(`{"x-signature":${deep},"webhook-id":"e1"}`)).toEqual({
    "x-signature": "",
    "webhook-id": "e1",
  });
});
