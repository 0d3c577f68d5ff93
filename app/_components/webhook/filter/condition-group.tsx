"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { Select } from "@/app/_components/ui/select";
import type { Condition } from "@/domain/filter/condition";
import { conditionWords } from "@/domain/filter/words";
import { ConditionRow } from "./condition-row";
import type { DataField } from "./fields-of";
import { newRow, toCondition, toRow } from "./row";

type Group = { op: "and" | "or"; conditions: Condition[] };

/** Groups that the form draws in each other; what lies deeper is told in words, and edited as JSON. */
const drawnDepth = 2;

/** Conditions of which all, or any, must fit. */
export function ConditionGroup({
  name,
  group,
  fields,
  depth,
  onChange,
}: {
  /** Of the whole, for who cannot see where it is. */
  name: string;
  group: Group;
  fields: DataField[];
  depth: number;
  onChange: (group: Group) => void;
}) {
  const { op, conditions } = group;
  const set = (next: Condition[]) => onChange({ op, conditions: next });
  const replace = (at: number, next: Condition) =>
    set(conditions.map((each, index) => (index === at ? next : each)));
  const remove = (at: number) => set(conditions.filter((_, index) => index !== at));
  const row = toCondition(newRow("", "text"));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {conditions.length > 1 && (
        <div className="flex items-center gap-2">
          <Select
            label={`How the conditions of ${name} are joined`}
            value={op}
            onChange={(next) => onChange({ op: next as Group["op"], conditions })}
            choices={[
              { value: "and", label: "All of" },
              { value: "or", label: "Any of" },
            ]}
          />
          <span className="text-muted">must fit</span>
        </div>
      )}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {conditions.map((condition, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name but its place, and rows hold no state of their own
          <li key={index} className="flex items-start gap-1">
            <div className="min-w-0 grow">
              <Part
                condition={condition}
                name={`condition ${index + 1} of ${name}`}
                fields={fields}
                depth={depth}
                onChange={(next) => replace(index, next)}
              />
            </div>
            <Button
              size="small"
              look="quiet"
              onClick={() => remove(index)}
              aria-label={`Remove condition ${index + 1} of ${name}`}
            >
              <X aria-hidden className="size-3.5" />
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-1">
        <Button size="small" look="quiet" onClick={() => set([...conditions, row])}>
          <Plus aria-hidden className="size-3.5" />
          <span>Condition</span>
        </Button>
        {depth < drawnDepth && (
          <Button
            size="small"
            look="quiet"
            onClick={() => set([...conditions, { op: op === "and" ? "or" : "and", conditions: [row, row] }])}
          >
            <Plus aria-hidden className="size-3.5" />
            <span>Group</span>
          </Button>
        )}
      </div>
    </div>
  );
}

function Part({
  condition,
  name,
  fields,
  depth,
  onChange,
}: {
  condition: Condition;
  name: string;
  fields: DataField[];
  depth: number;
  onChange: (condition: Condition) => void;
}) {
  const row = toRow(condition);
  if (row) {
    return (
      <ConditionRow row={row} name={name} fields={fields} onChange={(next) => onChange(toCondition(next))} />
    );
  }
  if ((condition.op === "and" || condition.op === "or") && depth < drawnDepth) {
    return (
      <div className="border-l-2 border-line-strong pl-3">
        <ConditionGroup name={name} group={condition} fields={fields} depth={depth + 1} onChange={onChange} />
      </div>
    );
  }
  return (
    <p className="rounded-md bg-sunken px-2.5 py-1.5 text-sm">
      <span translate="no" className="mono wrap-anywhere">
        {conditionWords(condition)}
      </span>
      <span className="text-muted"> (kept as it is; to change it, edit the filter as JSON)</span>
    </p>
  );
}
