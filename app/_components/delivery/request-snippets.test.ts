import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { toCurl, toFetch, toFixture, withHeaders } from "./request-snippets";

const sent = {
  url: "https://example.com/in?a='$(touch x)'",
  headers: [["x-event-id", "it's `e1`"]] as [string, string][],
  body: '{"text":"it\'s $HOME\\n"}',
};

test("the curl command hands every value over as it is, whatever is in it", () => {
  const script = `curl() { for part in "$@"; do printf '%s\\0' "$part"; done; }; ${toCurl(sent)}`;
  const seen = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
  expect(seen).toEqual(["-X", "POST", sent.url, "-H", "x-event-id: it's `e1`", "--data-binary", sent.body]);
});

test("new headers take the place of old ones, whatever their case", () => {
  const { headers } = withHeaders(sent, { "X-Event-Id": "e2", "X-Signature": "sha256=1" });
  expect(headers).toEqual([
    ["X-Event-Id", "e2"],
    ["X-Signature", "sha256=1"],
  ]);
});

test("the fetch call and the fixture keep the exact body", () => {
  expect(toFetch(sent)).toContain(JSON.stringify(sent.body));
  expect(JSON.parse(toFixture(sent))).toEqual({ headers: { "x-event-id": "it's `e1`" }, body: sent.body });
});
