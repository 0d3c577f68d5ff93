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
  expect(causes.map(({ code }) => code)).toEqual(["first_attempts_fail", "answer_too_late"]);
});

test("that HAProxy has no server is not certain: it may refuse one, or be full", () => {
  const body = "<h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n";
  const { code, confidence, nextStep } = diagnose(answered(503, {}, body));
  expect([code, confidence]).toEqual(["application_unreachable", "likely"]);
  expect(nextStep).toMatch(/certificate, protocol/);
});
