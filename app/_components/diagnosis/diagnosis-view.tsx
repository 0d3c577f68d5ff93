import type { ReactNode } from "react";
import { CauseLink } from "./cause-link";
import { ConfidenceMark } from "./confidence-mark";
import { HowToTell } from "./how-to-tell";
import { OtherCauses } from "./other-causes";
import type { Diagnosis } from "./types";

/**
 * Why something failed and what to do: one sentence where that is certain, the likeliest cause before those that look
 * the same, or what came back where nobody knows. `controls` are the buttons that help.
 */
export function DiagnosisView({ diagnosis, controls }: { diagnosis: Diagnosis; controls?: ReactNode }) {
  const { confidence, symptom, meaning, next_step, causes } = diagnosis;
  const [best, ...others] = causes;
  const isLikely = confidence === "likely";
  return (
    <section aria-label="Diagnosis" className="grid grid-cols-[minmax(0,1fr)] gap-2 wrap-anywhere">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <ConfidenceMark confidence={confidence} />
        {best && <CauseLink code={best.code} />}
      </p>
      {(isLikely || (confidence === "certain" && quotes(symptom) && !quotes(meaning))) && (
        <p className="text-muted">{symptom}</p>
      )}
      <p>
        {isLikely && <span className="text-muted">Most likely: </span>}
        <b className="font-semibold">{best?.meaning ?? meaning}</b> <span>{next_step}</span>
      </p>
      {isLikely && best?.tell_apart && <HowToTell words={best.tell_apart} />}
      {others.length > 0 && <OtherCauses causes={others} />}
      {controls}
    </section>
  );
}

/** Whether it has words of the endpoint's own, which say what no table knows. */
const quotes = (sentence: string) => sentence.includes("“");
