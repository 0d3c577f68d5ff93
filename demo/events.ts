import { randomUUID } from "node:crypto";
import { birthDates, companies, countries, documents, failures, flows, people, steps } from "./words";

export type DemoEvent = { type: string; data: Record<string, unknown> };

type Dice = {
  pick<Item>(items: readonly Item[]): Item;
  between(low: number, high: number): number;
  chance(share: number): boolean;
};

/** Makes one event after another, as a platform for customer due diligence would, each valid by the catalogue. */
export function createEventMaker(random: () => number): () => DemoEvent {
  const dice: Dice = {
    pick: (items) => items[Math.floor(random() * items.length)] as (typeof items)[number],
    between: (low, high) => Math.floor(low + random() * (high - low + 1)),
    chance: (share) => random() < share,
  };
  const turns = Object.entries(makers).flatMap(([type, { share, make }]) =>
    Array(share).fill({ type, make }),
  );
  return () => {
    const { type, make } = dice.pick(turns) as { type: string; make: (dice: Dice) => DemoEvent["data"] };
    return { type, data: make(dice) };
  };
}

/** How each type's data is made, and how often it comes up. */
const makers: Record<string, { share: number; make: (dice: Dice) => DemoEvent["data"] }> = {
  cdd_state_changed: {
    share: 4,
    make: (dice) => {
      const isComplete = dice.chance(0.8);
      return {
        cdd_id: randomUUID(),
        state: isComplete ? "complete" : "inconclusive",
        previous_state: "in_progress",
        changed_at: ago(dice.between(0, 3)),
        subject: subject(dice),
        risk_level: riskLevel(dice),
        reasons: isComplete
          ? [
              "identity_verified",
              dice.pick(["ownership_resolved", "address_verified", "source_of_funds_clear"]),
            ]
          : [dice.pick(["document_unreadable", "owner_not_found", "registry_mismatch"])],
      };
    },
  },
  monitoring_alert_fired: {
    share: 2,
    make: (dice) => ({
      alert_id: randomUUID(),
      monitor_id: randomUUID(),
      severity: riskLevel(dice),
      fired_at: ago(dice.between(0, 5)),
      failure: dice.pick(failures.monitoring),
      subject: subject(dice),
    }),
  },
  cdd_document_fetched: {
    share: 4,
    make: (dice) => ({
      cdd_id: randomUUID(),
      document_id: randomUUID(),
      ...dice.pick(documents),
      size_bytes: dice.between(40_000, 2_400_000),
      fetched_at: ago(dice.between(0, 2)),
    }),
  },
  search_completed: {
    share: 5,
    make: (dice) => ({
      search_id: randomUUID(),
      query: {
        name: dice.pick(people),
        birth_date: dice.pick(birthDates),
        country: dice.pick(countries),
      },
      hit_count: dice.chance(0.7) ? 0 : dice.between(1, 9),
      lists: dice.chance(0.5) ? ["sanctions", "pep"] : ["sanctions", "pep", "adverse_media"],
      completed_at: ago(0),
    }),
  },
  alert_remediated: {
    share: 2,
    make: (dice) => ({
      alert_id: randomUUID(),
      search_id: randomUUID(),
      outcome: dice.pick(["false_positive", "false_positive", "false_positive", "true_match", "mixed"]),
      resolved_hits: dice.between(1, 6),
      remediated_by: dice.pick([
        "grace@northwind.example",
        "alan@northwind.example",
        "edsger@northwind.example",
      ]),
      remediated_at: ago(dice.between(0, 20)),
    }),
  },
  flow_run_completed: {
    share: 3,
    make: (dice) => ({
      ...flowRun(dice, "COMPLETED"),
      output: { decision: dice.chance(0.8) ? "approved" : "referred", risk_level: riskLevel(dice) },
    }),
  },
  flow_run_failed: {
    share: 1,
    make: (dice) => ({
      ...flowRun(dice, "FAILED"),
      error: { ...dice.pick(failures.flow), step: dice.pick(steps) },
    }),
  },
};

function subject(dice: Dice) {
  const isCompany = dice.chance(0.5);
  return {
    id: randomUUID(),
    kind: isCompany ? "company" : "individual",
    name: dice.pick(isCompany ? companies : people),
  };
}

const riskLevel = (dice: Dice) => dice.pick(["low", "low", "low", "medium", "medium", "high", "critical"]);

function flowRun(dice: Dice, status: string) {
  const { id, name } = dice.pick(flows);
  return {
    flow_run_id: randomUUID(),
    flow_id: id,
    flow_name: name,
    status,
    started_at: ago(dice.between(20, 240)),
    finished_at: ago(dice.between(0, 10)),
  };
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
