import type { Cause } from "@/domain/diagnosis/cause";
import { saidTypically } from "@/domain/diagnosis/typical";
import type { Part } from "../../_pages/part";

/** The causes in Markdown. */
export function causeParts(causes: Cause[]): Part[] {
  const heading = { id: "", title: "Causes of failures", text: "# Causes of failures" };
  return [heading, ...causes.map(causePart)];
}

function causePart(cause: Cause): Part {
  const { code, tellApart, seen } = cause;
  const { meaning, nextStep } = saidTypically(cause);
  const text = [
    `## ${code}`,
    meaning,
    nextStep,
    ...(tellApart ? [`How to tell: ${tellApart}`] : []),
    seen.map((where) => `- Seen: ${where}`).join("\n"),
  ];
  return { id: code, title: code, text: text.join("\n\n") };
}
