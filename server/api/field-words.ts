import type { z } from "zod";

const kinds: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** What a field must be, as a sentence for people; a check's own sentence stays. */
export function inWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      // zod keeps the value itself out of its issues.
      if (issue.message.endsWith("received undefined")) return "This is required.";
      return `Must be ${kinds[issue.expected] ?? issue.expected}.`;
    case "invalid_value":
      return `Must be one of ${issue.values.map(String).join(", ")}.`;
    case "too_big":
      return `Must ${sized(issue.origin, "at most", Number(issue.maximum))}.`;
    case "too_small":
      return `Must ${sized(issue.origin, "at least", Number(issue.minimum))}.`;
    case "invalid_format":
      if (issue.format === "datetime") return "Must be an ISO 8601 time, such as 2026-01-31T12:00:00Z.";
      return issue.message;
    default:
      return issue.message;
  }
}

function sized(origin: string, bound: string, limit: number): string {
  if (origin === "string") return `have ${bound} ${limit} characters`;
  if (origin === "array") return `have ${bound} ${limit} entries`;
  return `be ${bound} ${limit}`;
}
