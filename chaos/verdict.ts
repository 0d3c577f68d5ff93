import type { Finding } from "@/db/audit";
import type { Ledger } from "./ledger";
import { type Receipts, receiptKey } from "./receiver";

/** What a run comes to, once everything had the time to settle. */
export type Verdict = {
  published: number;
  acknowledged: number;
  /** Acknowledged events of which no receiver ever saw anything. */
  lostEvents: number;
  /** Acknowledged event × webhook without a delivery. */
  missingDeliveries: number;
  /** Still pending when the time to drain was over. */
  stuck: number;
  /** Deliveries with two successes on record. */
  deliveredTwice: number;
  /** Deliveries that a receiver acknowledged more than once. */
  duplicates: number;
  /** What duplicates may number at most: attempts that a receiver may have taken without our knowing. */
  unansweredAttempts: number;
  /** Deliveries whose repetition had another body. */
  changedBodies: number;
  contradictions: string[];
  /** Requests to publish that were not taken, by status. */
  refusals: Record<string, number>;
  violations: Finding[];
};

export function judge(facts: {
  ledger: Ledger;
  webhooks: ReadonlyMap<string, string[]>;
  receipts: Receipts;
  stuck: number;
  unansweredAttempts: number;
  deliveredTwice: number;
  findings: Finding[];
}): Verdict {
  const entries = [...facts.ledger.entries.values()];
  const acknowledged = entries.filter((entry) => entry.acknowledged !== null);
  const seen = acknowledged.map(({ id, customer }) => {
    const webhooks = facts.webhooks.get(customer) ?? [];
    const missing = webhooks.filter((webhook) => !facts.receipts.has(receiptKey(id, webhook))).length;
    return { missing, isLost: missing === webhooks.length };
  });
  const receipts = [...facts.receipts.values()];
  return {
    published: entries.length,
    acknowledged: acknowledged.length,
    lostEvents: seen.filter(({ isLost }) => isLost).length,
    missingDeliveries: sum(seen.map(({ missing }) => missing)),
    stuck: facts.stuck,
    deliveredTwice: facts.deliveredTwice,
    duplicates: sum(receipts.map(({ count }) => count - 1)),
    unansweredAttempts: facts.unansweredAttempts,
    changedBodies: receipts.filter(({ isChanged }) => isChanged).length,
    contradictions: facts.ledger.contradictions,
    refusals: facts.ledger.refusals,
    violations: facts.findings.filter(({ violations }) => violations > 0),
  };
}

/** The promises that a run has broken, in words; none for a sound one. */
export function broken(verdict: Verdict): string[] {
  const promises: [isBroken: boolean, words: string][] = [
    [verdict.acknowledged === 0, "nothing was acknowledged, so nothing was proven"],
    [verdict.lostEvents > 0, `${verdict.lostEvents} acknowledged events were lost`],
    [verdict.missingDeliveries > 0, `${verdict.missingDeliveries} deliveries are missing`],
    [verdict.stuck > 0, `${verdict.stuck} deliveries are stuck`],
    [verdict.deliveredTwice > 0, `${verdict.deliveredTwice} deliveries have two successes on record`],
    [
      verdict.duplicates > verdict.unansweredAttempts,
      `${verdict.duplicates} duplicates, and ${verdict.unansweredAttempts} attempts without an answer`,
    ],
    [verdict.changedBodies > 0, `${verdict.changedBodies} deliveries changed their body`],
  ];
  return [
    ...promises.filter(([isBroken]) => isBroken).map(([, words]) => words),
    ...verdict.contradictions.slice(0, 5),
    ...verdict.violations.map(({ check, example }) => `audit: ${check}, as ${example}`),
  ];
}

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
