import { CircleHelp, type LucideIcon, Scale, Target } from "lucide-react";
import type { Diagnosis } from "./types";

const marks: Record<Diagnosis["confidence"], { icon: LucideIcon; words: string }> = {
  certain: { icon: Target, words: "Certain" },
  likely: { icon: Scale, words: "Likely, not certain" },
  unknown: { icon: CircleHelp, words: "Not explained: this is what came back" },
};

/** How sure a diagnosis is, in words. */
export function ConfidenceMark({ confidence }: Pick<Diagnosis, "confidence">) {
  const { icon: Icon, words } = marks[confidence];
  return (
    <span className="inline-flex items-center gap-1.5 text-sm font-medium text-muted">
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span>{words}</span>
    </span>
  );
}
