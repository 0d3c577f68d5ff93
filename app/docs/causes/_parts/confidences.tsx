import type { Diagnosis } from "@/domain/diagnosis/diagnose";

const meanings: Record<Diagnosis["confidence"], string> = {
  certain: "One cause: nothing else that is known looks like what came back.",
  likely: "Up to three causes that look the same, the best first, each with how to tell it from the others.",
  unknown:
    "None of these fits. The diagnosis has the code unknown, and says what came back instead of guessing.",
};

/** How sure a diagnosis may be. */
export function Confidences() {
  return (
    <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
      {Object.entries(meanings).map(([confidence, meaning]) => (
        <div key={confidence} className="contents">
          <dt id={confidence === "unknown" ? "unknown" : undefined} className="mono font-semibold">
            {confidence}
          </dt>
          <dd className="text-muted">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
