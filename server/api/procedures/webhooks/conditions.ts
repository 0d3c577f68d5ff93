import { z } from "zod";
import { receivedTypeNames } from "@/domain/event/catalogue";
import { anyType, type Condition, type Conditions } from "@/domain/filter/condition";
import { conditionLimits } from "@/domain/limits";
import { condition } from "../../views/condition";

const { bytes: maxBytes, comparisons: maxComparisons, depth: maxDepth } = conditionLimits;

const byType = z
  .partialRecord(z.enum([anyType, ...receivedTypeNames]), condition)
  // What is there has a condition: a key alone is no JSON.
  .transform((given) => given as Conditions)
  .superRefine((conditions, context) => {
    const entries = Object.entries(conditions);
    for (const path of entries.flatMap(([type, each]) => tooDeep(each, [type]))) {
      context.addIssue({
        code: "custom",
        path,
        message: `Conditions lie in each other at most ${maxDepth} deep.`,
      });
    }
    const count = entries.reduce((sum, [, each]) => sum + comparisonsOf(each), 0);
    if (count <= maxComparisons) return;
    const message = `At most ${maxComparisons} comparisons fit in all, not ${count}.`;
    context.addIssue({ code: "custom", message });
  })
  .transform((conditions) => (Object.keys(conditions).length > 0 ? conditions : null));

/** What people write of a webhook's conditions. Too much of it is refused before any of it is looked at. */
export const conditions = z
  .preprocess((given, context) => {
    // zod leaves this key out of a record without a word, and what it narrows with it.
    if (typeof given === "object" && given !== null && Object.hasOwn(given, "__proto__")) {
      context.addIssue({ code: "custom", path: ["__proto__"], message: "Is no type of event." });
      return z.NEVER;
    }
    if (typeof given !== "object" || Buffer.byteLength(JSON.stringify(given)) <= maxBytes) return given;
    context.addIssue({ code: "custom", message: `Conditions are at most ${maxBytes} bytes of JSON.` });
    return z.NEVER;
  }, byType.nullable())
  .describe(
    "What the data of events must be like to be sent, by type of event; * is for every type that has none of its own. A type without a condition is not narrowed",
  );

/** Where something lies deeper than it may. */
function tooDeep(each: Condition, path: (string | number)[], depth = 1): (string | number)[][] {
  if (depth > maxDepth) return [path];
  if (each.op === "not") return tooDeep(each.condition, [...path, "condition"], depth + 1);
  if (each.op !== "and" && each.op !== "or") return [];
  return each.conditions.flatMap((one, index) => tooDeep(one, [...path, "conditions", index], depth + 1));
}

function comparisonsOf(each: Condition): number {
  if (each.op === "not") return comparisonsOf(each.condition);
  if (each.op !== "and" && each.op !== "or") return 1;
  return each.conditions.reduce((sum, one) => sum + comparisonsOf(one), 0);
}
