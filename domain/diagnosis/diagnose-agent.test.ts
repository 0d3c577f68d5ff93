import { expect, test } from "vitest";
import { errorCodes } from "../delivery/outcome";
import { agentFailures, otherFailure } from "./agent-failures";
import { diagnoseAgent } from "./diagnose-agent";
import type { Evidence } from "./evidence";
import { answered, unanswered } from "./evidence.fixture";
import { saidTypically } from "./typical";

test.each<[string, string, Evidence]>([
  ["401", "agent_signature_refused", answered(401)],
  ["400", "agent_event_refused", answered(400)],
  ["404", "agent_callback_unknown", answered(404)],
  ["410", "agent_subscription_over", answered(410)],
  ["413", "agent_event_too_large", answered(413)],
  ["503", "agent_not_ready", answered(503)],
  ["425", "agent_not_ready", answered(425)],
  ["429", "agent_too_fast", answered(429)],
  ["500", "agent_failed", answered(500)],
  ["418", "agent_refused", answered(418)],
  ["a redirect", "agent_redirects", { ...answered(307), error: { code: "redirect", message: "" } }],
  ["a private address", "agent_address_blocked", unanswered("blocked_address")],
  ["no answer in time", "agent_too_slow", unanswered("response_timeout")],
  ["a certificate that is no longer valid", "agent_unsafe", unanswered("tls_error", "certificate_expired")],
  ["a host that nobody knows", "agent_unreachable", unanswered("dns_error", "dns_not_found")],
  ["a worker that was lost", "interrupted_here", unanswered("worker_lost")],
])("%s of an agent's receiver is %s", (_, code, evidence) => {
  expect(diagnoseAgent(evidence)).toMatchObject({ code, causes: [{ code }] });
});

test("nothing is said of agents that is true of webhooks only", () => {
  const seen = [
    ...Array.from({ length: 300 }, (_, index) => answered(300 + index)),
    ...errorCodes.map((code) => unanswered(code)),
  ].filter(({ error }) => error?.code !== "expired");
  const said = seen.map(diagnoseAgent).filter(({ code }) => code.startsWith("agent_"));
  expect(said.length).toBeGreaterThan(300);
  for (const { symptom, meaning, nextStep } of said)
    expect(`${symptom} ${meaning} ${nextStep}`).not.toMatch(
      /your endpoint|webhook|switched? (?:it )?off|5 days/i,
    );
});

test("what is seen in several is told as likely, after what came back", () => {
  expect(diagnoseAgent(answered(401, {}, "bad signature"))).toMatchObject({
    confidence: "likely",
    meaning: expect.stringMatching(/^The agent's receiver answered 401: “bad signature”\. Most likely: /),
  });
});

test.each([...agentFailures, otherFailure])(
  "$code is said in whole sentences, also where nothing was seen",
  (cause) => {
    const { meaning, nextStep } = saidTypically(cause);
    for (const words of [meaning, nextStep]) expect(words).toMatch(/^[A-Z].{15,}\.$/);
  },
);

test("every failure has a code of its own", () => {
  const codes = [...agentFailures, otherFailure].map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
