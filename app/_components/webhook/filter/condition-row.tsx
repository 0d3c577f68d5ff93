"use client";

import { useId } from "react";
import { Input } from "@/app/_components/ui/input";
import { Select } from "@/app/_components/ui/select";
import { type DataField, fullPath, type Kind } from "./fields-of";
import { inWay, kindOfRow, newRow, type Row, wayOf, ways } from "./row";
import { ValueInput } from "./value-input";

/** One comparison: a field of the data, how, and with what. */
export function ConditionRow({
  row,
  name,
  fields,
  onChange,
}: {
  row: Row;
  name: string;
  fields: DataField[];
  onChange: (row: Row) => void;
}) {
  const id = useId();
  const { path } = row.leaf;
  const field = fields.find((each) => each.path === fullPath(path));
  const own = field?.kind ?? kindOfRow(row);
  // What was written as JSON may compare otherwise than the catalogue says: it is drawn as it is.
  const kind = wayOf(row, own) && holds(row, own) ? own : kindOfRow(row);
  const way = wayOf(row, kind) ?? ways[kind][0];
  const isUnknown = path !== "" && field === undefined && fields.length > 0;
  const moveTo = (next: string) => {
    const known = fields.find((each) => each.path === fullPath(next));
    const moved = { ...row, leaf: { ...row.leaf, path: next } };
    // Another kind of value is compared in other ways.
    onChange(known && known.kind !== kind ? newRow(next, known.kind) : moved);
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5 sm:grid-cols-[minmax(0,5fr)_auto_minmax(0,4fr)]">
        <Input
          mono
          aria-label={`Field of ${name}`}
          aria-describedby={isUnknown ? `${id}-unknown` : undefined}
          list={`${id}-fields`}
          placeholder="data.…"
          autoComplete="off"
          spellCheck={false}
          value={path}
          onChange={(event) => moveTo(event.target.value)}
        />
        <datalist id={`${id}-fields`}>
          {fields.map((each) => (
            <option key={each.path} value={each.path}>
              {each.description}
            </option>
          ))}
        </datalist>
        <div className="flex gap-1.5">
          {field === undefined && (
            <Select
              label={`Kind of value in ${name}`}
              value={kind}
              onChange={(next) => onChange(newRow(path, next as Kind))}
              choices={kinds}
            />
          )}
          <Select
            label={`How ${name} compares`}
            value={way?.name ?? ""}
            onChange={(next) => {
              const chosen = ways[kind].find((each) => each.name === next);
              if (chosen) onChange(inWay(row, chosen, kind));
            }}
            choices={ways[kind].map(({ name: value, words }) => ({ value, label: words }))}
          />
        </div>
        <ValueInput
          leaf={row.leaf}
          kind={kind}
          choices={field?.choices ?? []}
          name={name}
          onChange={(leaf) => onChange({ ...row, leaf })}
        />
      </div>
      {isUnknown && (
        <p id={`${id}-unknown`} className="text-sm text-warn">
          {`The catalogue has no ${fullPath(path)} here. It counts all the same: events may hold more.`}
        </p>
      )}
    </div>
  );
}

/** Whether the values of a row are of the kind that the catalogue has there. */
const holds = ({ leaf }: Row, kind: Kind): boolean => {
  if (leaf.op === "exists") return true;
  const values = leaf.op === "in" ? leaf.values : [leaf.value];
  const type = kind === "number" || kind === "boolean" ? kind : "string";
  return values.every((value) => typeof value === type);
};

const kinds: { value: Kind; label: string }[] = [
  { value: "text", label: "text" },
  { value: "number", label: "number" },
  { value: "boolean", label: "true or false" },
  { value: "time", label: "time" },
];
