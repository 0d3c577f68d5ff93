import { agentFailures, otherFailure } from "./agent-failures";
import { type Diagnosis, explain } from "./diagnose";
import type { Evidence } from "./evidence";
import { Look } from "./look";
import { symptomOf } from "./symptom";

/**
 * Explains a failed attempt of an agent's delivery to whoever the agent works for. The receiver is somebody else's, often
 * one host for many agents: there is seldom anything to mend at it, and what was seen means what MCP Events says it does.
 */
export function diagnoseAgent(evidence: Evidence): Diagnosis {
  const look = new Look(evidence);
  const cause = agentFailures.find(({ fits }) => fits(look)) ?? otherFailure;
  const isCertain = cause.fits(look) === "certain";
  const explanation = explain(cause, look);
  const symptom = symptomOf(look, "The agent's receiver");
  return {
    code: cause.code,
    confidence: isCertain ? "certain" : "likely",
    symptom,
    meaning: isCertain ? explanation.meaning : `${symptom} Most likely: ${explanation.meaning}`,
    nextStep: explanation.nextStep,
    causes: [explanation],
    suggestedUrl: null,
    isAboutSignature: false,
  };
}
