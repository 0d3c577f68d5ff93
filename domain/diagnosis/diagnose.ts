import type { Cause, Words } from "./cause";
import { causes } from "./causes";
import type { Evidence } from "./evidence";
import { Look } from "./look";
import { symptomOf } from "./symptom";

/** One explanation of what was seen, in plain words. */
export type Explanation = {
  code: string;
  meaning: string;
  nextStep: string;
  /** How to tell it from the others; null where nothing else looks like it. */
  tellApart: string | null;
};

export const diagnosisConfidences = ["certain", "likely", "unknown"] as const;

/** A failure in plain words: what it means, and the one thing to do next. */
export type Diagnosis = {
  /** Of the cause that fits best; `unknown` when none does. */
  code: string;
  /** `certain`: one cause. `likely`: `causes` share what was seen. `unknown`: it is told what came back. */
  confidence: (typeof diagnosisConfidences)[number];
  /** What came back, in one sentence and without a guess. */
  symptom: string;
  meaning: string;
  nextStep: string;
  /** The best first; at most three. One when it is certain, none when it is unknown. */
  causes: Explanation[];
  /** A URL that would probably work; to be tried before it is taken. */
  suggestedUrl: string | null;
  /** Whether the signature helper is where to go on. */
  isAboutSignature: boolean;
};

/** People compare two or three; a longer list is none. */
const maxCauses = 3;

/** Explains a failed attempt to the engineer who owns the endpoint. */
export function diagnose(evidence: Evidence): Diagnosis {
  const look = new Look(evidence);
  const fitting = { certain: [] as Cause[], likely: [] as Cause[], possible: [] as Cause[] };
  for (const cause of causes) {
    const fit = cause.fits(look);
    if (fit) fitting[fit].push(cause);
  }
  const [certain] = fitting.certain;
  if (certain) return explained("certain", look, [certain]);
  const shared = [...fitting.likely, ...fitting.possible].slice(0, maxCauses);
  return shared.length > 0 ? explained("likely", look, shared) : unknown(look);
}

function explained(confidence: "certain" | "likely", look: Look, found: Cause[]): Diagnosis {
  const explanations = found.map((cause) => explain(cause, look));
  const [best, explanation] = [found[0] as Cause, explanations[0] as Explanation];
  const { meaning } = explanation;
  const symptom = symptomOf(look);
  return {
    code: best.code,
    confidence,
    symptom,
    meaning: confidence === "certain" ? meaning : `${symptom} Most likely: ${meaning}`,
    nextStep: explanation.nextStep,
    causes: confidence === "certain" ? [{ ...explanation, tellApart: null }] : explanations,
    suggestedUrl: best.suggestedUrl?.(look) ?? null,
    isAboutSignature: found.some((each) => each.isAboutSignature === true),
  };
}

const unknown = (look: Look): Diagnosis => ({
  code: "unknown",
  confidence: "unknown",
  symptom: symptomOf(look),
  meaning: symptomOf(look),
  nextStep: look.isAnswered
    ? "Read the response below, and look for the event id in your application's log."
    : "Check that the endpoint is up and can be reached from the internet.",
  causes: [],
  suggestedUrl: null,
  isAboutSignature: false,
});

export const explain = (cause: Cause, look: Look): Explanation => ({
  code: cause.code,
  meaning: said(cause.meaning, look),
  nextStep: said(cause.nextStep, look),
  tellApart: cause.tellApart ?? null,
});

const said = (words: Words, look: Look) => (typeof words === "string" ? words : words(look));
