import { z } from "zod";
import { listenerLimits, webhookLimits } from "@/domain/limits";
import { forwardProblem } from "@/domain/webhook/target";
import { text } from "../../inputs";

export const listenerName = z
  .string()
  .max(listenerLimits.name)
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/,
    "Use letters, digits, dots, hyphens and underscores.",
  )
  .describe("By which the program finds its listener again, such as user-laptop");

export const session = z.uuid().describe("What listeners.open answered: another program's is refused");

/** Only the program that listens sends there, from where it runs. */
export const forwardsTo = text(webhookLimits.url)
  .superRefine((url, refinement) => {
    const problem = forwardProblem(url);
    if (problem) refinement.addIssue({ code: "custom", message: problem });
  })
  .describe("Where the program sends what it takes. Nobody else does: it may be on its own machine");
