import type { z } from "zod";
import type { FieldError } from "@/domain/errors";

/** Every bad field of a zod check. `at` is where the checked value itself lies. */
export function fieldErrors(issues: z.core.$ZodIssue[], at: (string | number)[] = []): FieldError[] {
  return issues.flatMap((issue): FieldError | FieldError[] => {
    const path = [...at, ...issue.path.map((key) => (typeof key === "number" ? key : String(key)))];
    const { code } = issue;
    if (code === "invalid_union" && issue.errors.length > 0 && isOfZod(issue))
      return fieldErrors(closest(issue), path);
    if (code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key], message: unknownField, code }));
    }
    return { path, message: isOfZod(issue) ? inWords(issue) : issue.message, code };
  });
}

/** What is wrong by the form of a union that the value comes closest to: the one that looked deepest into it. */
function closest({ errors: [first = [], ...others] }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] {
  // Who finds more to say than that the kind is wrong has looked one deeper.
  const depthOf = ({ path, code }: z.core.$ZodIssue) => path.length + (code === "invalid_type" ? 0 : 1);
  const depth = (issues: z.core.$ZodIssue[]) => Math.max(0, ...issues.map(depthOf));
  return others.reduce((best, issues) => (depth(issues) > depth(best) ? issues : best), first);
}

const unknownField = "There is no field of this name here to set. Leave it out, or correct its name.";

/** Whether the sentence is zod's own. One that a check brings along is better. */
const isOfZod = ({ message }: z.core.$ZodIssue) =>
  /^(Invalid (input|option)|Too (big|small)): |^Invalid ISO|^Invalid input$/.test(message);

const kinds: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** What a field must be, as a sentence for people. */
function inWords(issue: z.core.$ZodIssue): string {
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
