import { randomBytes } from "node:crypto";
import { eventTypeNames } from "@/domain/event/catalogue";

/** A webhook as the API takes it. */
export type DemoWebhook = { webhook_url: string; description: string; events: string[]; secret: string };

export type Answer = {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  afterMs?: number;
  /** Closes the connection instead of answering. */
  isReset?: boolean;
};

/** What a path of the customer's servers does, and the webhook that leads there. */
export type Behaviour = {
  answer: (body: string) => Answer;
  webhook?: Omit<DemoWebhook, "webhook_url">;
  hasExpiredCertificate?: boolean;
};

const startedAt = performance.now();
const outageEveryMs = 4 * 60_000;
const outageMs = 30_000;

export const agentPath = "/assistant";

/** A customer's integrations on an ordinary day, by path. */
export const behaviours: Record<string, Behaviour> = {
  "/crm": {
    webhook: webhook("CRM", eventTypeNames),
    answer: () => ({ status: 200, body: '{"received":true}', afterMs: between(8, 60) }),
  },
  "/warehouse": {
    webhook: webhook("Data warehouse, slow", [
      "cdd_state_changed",
      "cdd_document_fetched",
      "search_completed",
      "flow_run_completed",
    ]),
    answer: () => (chance(0.03) ? tooLate : { status: 202, afterMs: between(400, 2_400) }),
  },
  "/cases": {
    webhook: webhook("Case management, flaky", [
      "monitoring_alert_fired",
      "search_completed",
      "alert_remediated",
    ]),
    answer: caseManagement,
  },
  "/risk": {
    webhook: webhook("Risk register, refuses one kind", ["cdd_state_changed", "monitoring_alert_fired"]),
    answer: (body) =>
      body.includes('"state":"inconclusive"')
        ? { status: 422, body: '{"error":"state must be complete"}', afterMs: 20 }
        : { status: 200, body: '{"registered":true}', afterMs: between(20, 120) },
  },
  "/billing": {
    webhook: webhook("Billing, broken by a deployment", ["flow_run_completed", "flow_run_failed"]),
    answer: () => ({
      status: 500,
      body: '{"error":"column \\"flow_id\\" of relation \\"invoices\\" does not exist"}',
      afterMs: between(20, 90),
    }),
  },
  "/screening": {
    webhook: webhook("Screening archive, moved", ["search_completed", "alert_remediated"]),
    answer: () => ({ status: 308, headers: { location: "/screening/v2" } }),
  },
  "/screening/v2": {
    answer: () => ({ status: 200, body: '{"stored":true}', afterMs: between(15, 80) }),
  },
  "/reports": {
    webhook: webhook("Reports, certificate expired", ["cdd_state_changed"]),
    answer: () => ({ status: 200 }),
    hasExpiredCertificate: true,
  },
  "/partner": {
    webhook: webhook("Partner feed, retired", ["monitoring_alert_fired", "flow_run_failed"]),
    answer: () => ({ status: 410, body: '{"error":"v1 was switched off"}' }),
  },
  // An agent's callback: it sends the challenge back, and takes every event.
  [agentPath]: {
    answer: (body) => {
      const { challenge } = JSON.parse(body);
      return { status: 200, body: JSON.stringify({ challenge }), afterMs: between(10, 90) };
    },
  },
};

function webhook(description: string, events: readonly string[]) {
  return { description, events: [...events], secret: `whsec_${randomBytes(32).toString("base64")}` };
}

/** Longer than the demo waits for an answer. */
const tooLate: Answer = { status: 200, afterMs: 7_000 };

/** Refuses one kind of content always, fails at random sometimes, and is down for a while every few minutes. */
function caseManagement(body: string): Answer {
  if ((performance.now() - startedAt) % outageEveryMs > outageEveryMs - outageMs) {
    return { status: 502, headers: { "content-type": "text/html" }, body: badGateway };
  }
  if (body.includes('"outcome":"mixed"')) {
    return { status: 422, body: '{"error":"outcome must be false_positive or true_match"}', afterMs: 30 };
  }
  if (chance(0.06)) return { status: 503, headers: { "retry-after": "3" }, body: '{"error":"overloaded"}' };
  if (chance(0.03)) return { status: 0, isReset: true };
  return { status: 200, body: '{"case":"updated"}', afterMs: between(60, 240) };
}

const badGateway =
  "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<h1>502 Bad Gateway</h1>\n</body>\n</html>\n";

const between = (low: number, high: number) => Math.round(low + Math.random() * (high - low));

const chance = (share: number) => Math.random() < share;
