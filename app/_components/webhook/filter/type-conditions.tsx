"use client";

import { Button } from "@/app/_components/ui/button";
import { anyType, type Condition } from "@/domain/filter/condition";
import { ConditionGroup } from "./condition-group";
import { useFields } from "./use-fields";

/** What one type of event, or every other one, must be like. */
export function TypeConditions({
  type,
  events,
  condition,
  onChange,
  onRemove,
}: {
  type: string;
  events: string[];
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}) {
  const fields = useFields(type, events);
  const isGroup = condition.op === "and" || condition.op === "or";
  const group = isGroup ? condition : ({ op: "and", conditions: [condition] } as const);
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-lg border border-line p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="min-w-0 font-medium wrap-anywhere">
          {type === anyType ? (
            "Every type without a filter of its own"
          ) : (
            <span translate="no" className="mono">
              {type}
            </span>
          )}
        </h3>
        <Button
          size="small"
          look="quiet"
          onClick={onRemove}
          aria-label={`Remove the filter of ${nameOf(type)}`}
        >
          Remove
        </Button>
      </div>
      <ConditionGroup
        name={nameOf(type)}
        group={{ op: group.op, conditions: [...group.conditions] }}
        fields={fields}
        depth={1}
        onChange={({ op, conditions }) => {
          const [only] = conditions;
          if (only === undefined) onRemove();
          // Of one, it is the same whether all or any must fit: the plain one is what people would write.
          else onChange(conditions.length === 1 && op === "and" ? only : { op, conditions });
        }}
      />
    </section>
  );
}

const nameOf = (type: string) => (type === anyType ? "every other type" : type);
