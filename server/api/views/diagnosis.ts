import { z } from "zod";
import { type Diagnosis, diagnosisConfidences, type Explanation } from "@/domain/diagnosis/diagnose";

const explanationShape = {
  code: z.string().describe("Stable; /docs/causes lists them all"),
  meaning: z.string().describe("What it means, in plain words"),
  next_step: z.string().describe("The one thing to do"),
};

export const explanationView = z
  .object({
    ...explanationShape,
    tell_apart: z.string().nullable().describe("How to tell it from others that look the same"),
  })
  .meta({ id: "Cause" });

export const diagnosisView = z
  .object({
    ...explanationShape,
    confidence: z
      .enum(diagnosisConfidences)
      .describe(
        "certain: one cause; likely: the causes listed look the same; unknown: what came back is told",
      ),
    symptom: z.string().describe("What came back, in one sentence and without a guess"),
    causes: z.array(explanationView).describe("What explains it, the best first"),
    suggested_url: z
      .string()
      .nullable()
      .describe("A URL that would probably work; try it before you take it"),
    is_about_signature: z
      .boolean()
      .describe("Whether the signature helper of the dashboard goes on from here"),
  })
  .meta({ id: "Diagnosis" });

export const toExplanationView = (explanation: Explanation): z.infer<typeof explanationView> => ({
  code: explanation.code,
  meaning: explanation.meaning,
  next_step: explanation.nextStep,
  tell_apart: explanation.tellApart,
});

/** Why an attempt failed, as people and programs are told. */
export const toDiagnosisView = (diagnosis: Diagnosis): z.infer<typeof diagnosisView> => ({
  code: diagnosis.code,
  meaning: diagnosis.meaning,
  next_step: diagnosis.nextStep,
  confidence: diagnosis.confidence,
  symptom: diagnosis.symptom,
  causes: diagnosis.causes.map(toExplanationView),
  suggested_url: diagnosis.suggestedUrl,
  is_about_signature: diagnosis.isAboutSignature,
});
