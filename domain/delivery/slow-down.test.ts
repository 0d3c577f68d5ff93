import { expect, test } from "vitest";
import type { Outcome, ResponseHeaders } from "./outcome";
import { askedPauseMs, slowDownOf } from "./slow-down";

const answer = (status: number, headers: ResponseHeaders = {}, body = ""): Outcome => ({
  kind: "response",
  status,
  response: { headers, body: new TextEncoder().encode(body), truncated: false },
  startedAt: 0,
  durationMs: 1,
  timings: { dns: null, connect: null, tls: null, first_byte: null, body: null },
  peer: { address: null, tls_version: null, certificate_expires_at: null, reused: false },
});

/** As nginx 1.22.1 makes it, with `server_tokens` on and off. */
const page = (foot: string) =>
  `<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n<hr><center>${foot}</center>\r\n</body>\r\n</html>\r\n`;

test.each([
  ["429", answer(429), "certain"],
  ["429 whose Retry-After says nothing", answer(429, { "retry-after": "soon" }), "certain"],
  ["429 that says when to come again", answer(429, { "retry-after": "1" }), null],
  ["429 that says at once", answer(429, { "retry-after": "0" }), null],
  ["503 of nginx", answer(503, {}, page("nginx/1.22.1")), "likely"],
  ["503 of nginx without its version", answer(503, {}, page("nginx")), "likely"],
  ["503 of OpenResty", answer(503, {}, page("openresty/1.27.1.1")), "likely"],
  ["503 of nginx that says when to come again", answer(503, { "retry-after": "60" }, page("nginx")), null],
  ["503 of something else", answer(503, {}, "Service Unavailable"), null],
  ["502 of nginx", answer(502, {}, page("nginx")), null],
  ["200", answer(200), null],
])("%s slows down: %s", (_, outcome, slowDown) => {
  expect(slowDownOf(outcome)).toBe(slowDown);
});

test("only a 429 or 503 asks for a pause", () => {
  const asked = [429, 503, 500].map((status) => askedPauseMs(answer(status, { "retry-after": "7" })));
  expect(asked).toEqual([7_000, 7_000, null]);
  expect(askedPauseMs(answer(429))).toBeNull();
});
