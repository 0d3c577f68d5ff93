import type { Outcome, RecoveryWithOutcomes } from "./types";

/** What became of deliveries, as it stands after their number. */
export const outcomeWords: Record<Outcome, string> = {
  delivered: "delivered",
  refused_again: "refused again",
  unanswered: "got no answer again",
  waiting: "waiting",
  given_up: "given up before they were tried",
};

const kindWords = {
  failed: "failed",
  missed: "missed",
  delivered: "delivered before",
  cancelled: "cancelled",
};

export const codeWords = (codeClass: number | null, statusCode: number | null) => {
  if (statusCode !== null) return `answered ${statusCode}`;
  if (codeClass === null) return null;
  return codeClass === 0 ? "no answer" : `answered ${codeClass}xx`;
};

/** What a recovery was asked for, in few words: `failed · search_completed · answered 4xx`. */
export function filterWords(recovery: RecoveryWithOutcomes): string {
  const { include, event_types, code_class, status_code } = recovery;
  if (include.length === 0) return "chosen one by one";
  const kinds = include.map((kind) => kindWords[kind]).join(" and ");
  return [kinds, event_types?.join(", "), codeWords(code_class, status_code)].filter(Boolean).join(" · ");
}

/** How many of what it made due have had an attempt since, or never will. */
export const settledOf = ({ outcomes }: RecoveryWithOutcomes) =>
  outcomes.delivered + outcomes.refused_again + outcomes.unanswered + outcomes.given_up;

/** Whether nothing more will change by itself but what is retried. */
export const isSettled = ({ state, outcomes }: RecoveryWithOutcomes) =>
  state !== "running" && outcomes.waiting === 0;
