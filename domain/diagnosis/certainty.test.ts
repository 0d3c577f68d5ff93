import { expect, test } from "vitest";
import { diagnose } from "./diagnose";
import { answered, unanswered } from "./evidence.fixture";

const woken = {
  eventType: "search_completed",
  isDelivered: true,
  statusCode: 200,
  sentBytes: 1_000,
  data: {},
  attemptCount: 2,
};

test("an answer that never comes is told by what its deliveries share, too", () => {
  const history = { earlier: [], others: Array.from({ length: 5 }, () => woken) };
  const { causes } = diagnose(unanswered("response_timeout", null, {}, { history }));
  expect(causes.map(({ code }) => code)).toEqual([
    "first_attempts_fail",
    "answer_too_late",
    "handler_never_answers",
  ]);
});

test("that HAProxy has no server is not certain: it may refuse one, or be full", () => {
  const body = "<h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n";
  const { code, confidence, nextStep } = diagnose(answered(503, {}, body));
  expect([code, confidence]).toEqual(["application_unreachable", "likely"]);
  expect(nextStep).toMatch(/certificate, protocol/);
});

const delivered = { ...woken, attemptCount: 1 };
const failing = { ...delivered, isDelivered: false, statusCode: null };
const among = (...others: (typeof delivered | typeof failing)[]) => ({ history: { earlier: [], others } });
const codes = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence).causes.map(({ code }) => code);

test("what was never answered may have no answer in it; what was before is slow", () => {
  const never = unanswered("response_timeout", null, {}, among(failing, failing));
  expect(codes(never)).toEqual(["handler_never_answers", "answer_too_late"]);
  const slow = unanswered("response_timeout", null, {}, among(failing, delivered));
  expect(codes(slow)[0]).toBe("answer_too_late");
});

test("HAProxy that was full is thought of first where others are delivered", () => {
  const body = "<h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n";
  expect(codes(answered(503, {}, body, among(delivered)))[0]).toBe("proxy_queue_full");
  expect(codes(answered(503, {}, body))).toEqual(expect.arrayContaining(["proxy_queue_full"]));
});

test.each<[string, Parameters<typeof diagnose>[0], string]>([
  [
    "http-proxy-middleware says 504 of what is down",
    answered(504, {}, "Error occurred while trying to proxy: app.internal:8080/in"),
    "application_unreachable",
  ],
  [
    "a 504 that came at once is not about time",
    answered(504, {}, "", { durationMs: 20 }),
    "application_unreachable",
  ],
  ["a 504 after a while is", answered(504, {}, "", { durationMs: 60_000 }), "application_too_slow"],
  [
    "Heroku's page after 30 s is its timeout",
    answered(503, { server: "heroku" }, "<title>Application Error</title>", { durationMs: 30_100 }),
    "application_too_slow",
  ],
  [
    "the same at once is a crash",
    answered(503, { server: "heroku" }, "<title>Application Error</title>"),
    "function_failed",
  ],
  [
    "nginx's own 500 is not the application's",
    answered(
      500,
      { server: "nginx" },
      "<html><head><title>500 Internal Server Error</title></head><hr><center>nginx/1.22.1</center></html>",
    ),
    "proxy_failed",
  ],
  [
    "a line of the PROXY protocol is no HTTP",
    answered(
      400,
      {},
      "<h1>Bad Request</h1>\nInvalid HTTP Version &#x27;127.0.0.1 127.0.0.1 43248 21103&#x27;",
    ),
    "proxy_protocol_to_http",
  ],
  ["a list of addresses", answered(403, {}, "IP 192.0.2.7 not in whitelist"), "address_blocked"],
  ["a block of countries", answered(403, {}, "Access from your country is not allowed"), "address_blocked"],
  ["what is not set up there", answered(404, {}, '{"error":"Integration not found"}'), "record_not_found"],
])("%s", (_, evidence, code) => {
  expect(codes(evidence)[0]).toBe(code);
});

test("Express's page is quoted by its error, not by its title", () => {
  const page =
    "<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Cannot POST /in</pre></body></html>";
  expect(diagnose(answered(500, {}, page)).meaning).toContain("Cannot POST /in");
});
