import { z } from "zod";
import type { Answer, Operation } from "./types";

export const errorView = z
  .object({
    error: z.string().describe("One clear sentence"),
    code: z.string().describe("What kind of refusal it is, for programs"),
    errors: z
      .array(
        z.object({
          path: z.array(z.union([z.string(), z.int()])).describe("Where the field is, as keys and indexes"),
          message: z.string(),
          code: z.string(),
        }),
      )
      .optional()
      .describe("Every bad field"),
  })
  .meta({ id: "Error" });

/** The refusals that calls can answer, by status: name, and meaning. */
export const refusals: Record<string, { name: string; meaning: string }> = {
  400: { name: "BadInput", meaning: "The input is not valid; every bad field is listed." },
  401: { name: "Unauthorized", meaning: "There is no key, or a wrong one." },
  403: { name: "Forbidden", meaning: "The key is right, but not for this call." },
  404: { name: "NotFound", meaning: "It does not exist: unknown, malformed, or another customer's." },
  409: { name: "Conflict", meaning: "It conflicts with what is there, or a limit is reached." },
  413: { name: "TooLarge", meaning: "The body is too large." },
  415: { name: "NotJson", meaning: "The body is not JSON." },
  429: { name: "TooManyRequests", meaning: "Too many requests. Retry-After tells when to come back." },
  500: { name: "Fault", meaning: "Something broke on Fanfare's side. The sentence holds the request's id." },
  503: {
    name: "Unavailable",
    meaning:
      "No delivery worker is running, or too much is under way to take more. Retry-After, where it is there, tells when to come back.",
  },
};

const retryAfter = {
  "retry-after": { description: "Seconds to wait", schema: { type: "integer" as const } },
};

/** The refusals as the document's shared responses. */
export function refusalAnswers(schema: { $ref?: string }): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(refusals).map(([status, { name, meaning }]) => [
      name,
      {
        description: meaning,
        ...((status === "429" || status === "503") && { headers: retryAfter }),
        content: { "application/json": { schema } },
      },
    ]),
  );
}

export const refusalsOf = (statuses: number[]): Operation["responses"] =>
  Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${refusals[status]?.name}` }]),
  );
