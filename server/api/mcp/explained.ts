import type { z } from "zod";
import type { diagnosisView } from "../views/diagnosis";
import { quoting, untrusted } from "./untrusted";

type Diagnosis = z.infer<typeof diagnosisView>;

/** What went wrong, as tools tell it: answers, redirects and certificates are quoted in the sentences about them. */
export const explained = ({
  code,
  meaning,
  next_step,
}: Pick<Diagnosis, "code" | "meaning" | "next_step">) => ({
  code,
  ...quoting(`${meaning} ${next_step}`),
});

/** A diagnosis in short: the best explanation, and the others that fit. */
export const diagnosed = (diagnosis: Diagnosis) => ({
  ...explained(diagnosis),
  confidence: diagnosis.confidence,
  other_causes: diagnosis.causes.slice(1).map(explained),
  suggested_url: diagnosis.suggested_url === null ? null : untrusted(diagnosis.suggested_url),
});

/** The error of an attempt. */
export const errorTold = ({ code, message }: { code: string; message: string }) => ({
  code,
  ...quoting(message),
});
