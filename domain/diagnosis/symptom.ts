import type { Look } from "./look";

/** What came back, in one sentence and without a guess. */
export function symptomOf(look: Look, receiver = "Your endpoint"): string {
  if (!look.isAnswered) return look.evidence.error?.message ?? "No answer came.";
  const from = look.header("server") ? ` (${look.header("server").slice(0, 60)})` : "";
  const words = look.words === "" ? "" : `: “${look.words}”`;
  return `${receiver} answered ${look.status}${from}${words}.`;
}
