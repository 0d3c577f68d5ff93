"use client";

import { useState } from "react";
import { Field } from "@/app/_components/ui/field";
import { Textarea } from "@/app/_components/ui/input";
import { readJson } from "@/domain/event/json-reader";
import { type Conditions, comparisons } from "@/domain/filter/condition";

/** The conditions as the API has them. What is no JSON yet changes nothing. */
export function ConditionsJson({
  conditions,
  onChange,
}: {
  conditions: Conditions | null;
  onChange: (conditions: Conditions | null) => void;
}) {
  const [text, setText] = useState(() => (conditions ? JSON.stringify(conditions, null, 2) : ""));
  const read = readConditions(text);
  return (
    <Field
      label="Conditions"
      hint='By type of event, or "*" for every other one. The API’s page has every operator.'
      error={"problem" in read ? read.problem : null}
    >
      {(ids) => (
        <Textarea
          {...ids}
          mono
          rows={12}
          spellCheck={false}
          placeholder={example}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            const next = readConditions(target.value);
            if ("conditions" in next) onChange(next.conditions);
          }}
        />
      )}
    </Field>
  );
}

const example = `{
  "search_completed": { "op": "at_least", "path": "data.hit_count", "value": 2 }
}`;

/** The server says what else is wrong with it, by its path. */
function readConditions(text: string): { conditions: Conditions | null } | { problem: string } {
  if (text.trim() === "") return { conditions: null };
  // As the API reads it: a number that a double would change is refused.
  const parsed = readJson(text, deepest);
  if ("errors" in parsed) return { problem: `${parsed.errors[0]?.message} What was there before counts.` };
  const { value } = parsed;
  if (!isObject(value) || !Object.values(value).every(isCondition))
    return {
      problem: `It must be an object with a condition for each type, whose op is one of ${ops.join(", ")}.`,
    };
  return { conditions: value as Conditions };
}

const deepest = 64;
const leafOps = ["equals", "in", ...comparisons, "prefix", "exists"];
const ops = [...leafOps, "and", "or", "not"];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Enough of one to be drawn. */
function isCondition(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (value.op === "not") return isCondition(value.condition);
  if (value.op === "and" || value.op === "or")
    return Array.isArray(value.conditions) && value.conditions.every(isCondition);
  const values = value.op === "in" ? value.values : [value.value];
  return (
    leafOps.some((op) => op === value.op) &&
    typeof value.path === "string" &&
    Array.isArray(values) &&
    !values.some(isObject)
  );
}
