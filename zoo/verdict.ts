import { diagnose } from "@/domain/diagnosis/diagnose";
import type { Evidence } from "@/domain/diagnosis/evidence";
import { hintOf } from "@/domain/diagnosis/hints";

/**
 * How what is said goes with what is wrong. `right`: that cause alone. `likely`: it comes first of a few. `vague`: it is
 * among them, or nothing is claimed. `wrong`: something else is said.
 */
export type Verdict = "right" | "likely" | "vague" | "wrong";

export type Judged = { verdict: Verdict; said: string; words: string };

/** Compares what is said of an attempt with the code that is expected; null is to be silent. */
export function judge(evidence: Evidence, expected: string | null): Judged {
  return evidence.error === null ? judgeHint(evidence, expected) : judgeDiagnosis(evidence, expected);
}

function judgeHint(evidence: Evidence, expected: string | null): Judged {
  const hint = hintOf(evidence);
  const said = hint?.code ?? null;
  const verdict = said === expected ? "right" : said === null ? "vague" : "wrong";
  return { verdict, said: said ?? "–", words: hint ? `${hint.meaning} ${hint.nextStep}` : "" };
}

function judgeDiagnosis(evidence: Evidence, expected: string | null): Judged {
  const { code, confidence, causes, meaning, nextStep } = diagnose(evidence);
  const codes = causes.map((cause) => cause.code);
  const words = `${meaning} ${nextStep}`;
  const said = codes.join(", ") || code;
  if (expected === code) return { verdict: confidence === "certain" ? "right" : "likely", said, words };
  const isOpen = confidence === "unknown" || (expected !== null && codes.includes(expected));
  return { verdict: isOpen ? "vague" : "wrong", said, words };
}
