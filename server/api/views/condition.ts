import { z } from "zod";
import { type Condition, comparisons } from "@/domain/filter/condition";
import { instantOf } from "@/domain/filter/instant";
import { conditionLimits } from "@/domain/limits";
import { list } from "@/domain/list";
import { text } from "../inputs";

/** Neither its own place in a list nor an empty key leads anywhere. */
const path = text(conditionLimits.path)
  .regex(
    /^[^.[\]]+(?:\.[^.[\]]+)*$/,
    "Must be keys with dots between, such as data.subject.id, without places in lists: a list stands for each of its entries.",
  )
  .describe("From data on, which may be named; a list on the way stands for each of its entries");

const scalar = z
  .union([text(conditionLimits.bytes), z.number(), z.boolean(), z.null()], {
    error: "Must be a string, a number, true, false or null.",
  })
  .describe("A string, a number, true, false or null");

const noBound = "Must be a number, or a time such as 2026-01-31T12:00:00Z.";
const bound = z
  .union([z.number(), z.string().refine((value) => instantOf(value) !== null, noBound)], { error: noBound })
  .describe("A number, or a time or day as ISO 8601 has it; only values of the same kind are compared");

const inner: z.ZodType<Condition> = z.lazy(() => condition);
const group = list(inner, conditionLimits.comparisons).refine((conditions) => conditions.length > 0, {
  message: "Must have at least 1 entry.",
});
const values = list(scalar, conditionLimits.values).refine((listed) => listed.length > 0, {
  message: "Must have at least 1 entry.",
});

const ops = ["equals", "in", ...comparisons, "prefix", "exists", "and", "or", "not"];

/** What an event's data must be like: one comparison, or several joined. */
export const condition: z.ZodType<Condition> = z
  .discriminatedUnion(
    "op",
    [
      z.strictObject({ op: z.literal("equals"), path, value: scalar }),
      z.strictObject({ op: z.literal("in"), path, values }),
      z.strictObject({ op: z.enum(comparisons), path, value: bound }),
      z.strictObject({ op: z.literal("prefix"), path, value: text(conditionLimits.bytes).min(1) }),
      z.strictObject({
        op: z.literal("exists"),
        path,
        value: z.boolean().describe("Whether there must be anything, or nothing; null is something"),
      }),
      z.strictObject({ op: z.enum(["and", "or"]), conditions: group }),
      z.strictObject({ op: z.literal("not"), condition: inner }),
    ],
    { error: (issue) => (issue.code === "invalid_union" ? `Must be one of ${ops.join(", ")}.` : undefined) },
  )
  .meta({ id: "Condition" });

export const conditionsView = z
  .record(z.string(), condition)
  .nullable()
  .describe(
    "What the data of events must be like to be sent, by type; * is for every type that has none of its own. Null when nothing is asked of it",
  );
