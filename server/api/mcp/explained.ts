import type { z } from "zod";
import type { diagnosisView } from "../views/diagnosis";
import { quoting, untrusted } from "./untrusted";

type Diagnosis = z.infer<typeof diagnosisView>;
type Explanation = Pick<Diagnosis, "code" | "meaning" | "next_step">;
type Told = {
  error: { code: string; message: string } | null;
  diagnosis?: Diagnosis | null;
  hint?: Explanation | null;
};

/** What went wrong, as tools tell it: answers, redirects and certificates are quoted in the sentences about them. */
export const explained = ({ code, meaning, next_step }: Explanation) => ({
  code,
  ...quoting(`${meaning} ${next_step}`),
});

/** What became of a delivery, beside its status. */
export const outcomeTold = ({ error, diagnosis, hint }: Told) => ({
  error: error && { code: error.code, ...quoting(error.message) },
  diagnosis: diagnosis ? diagnosed(diagnosis) : null,
  hint: hint ? explained(hint) : null,
});

/** A diagnosis in short: the best explanation, and the others that fit. */
export const diagnosed = (diagnosis: Diagnosis) => ({
  ...explained(diagnosis),
  confidence: diagnosis.confidence,
  other_causes: diagnosis.causes.slice(1).map(explained),
  suggested_url: diagnosis.suggested_url === null ? null : untrusted(diagnosis.suggested_url),
});
