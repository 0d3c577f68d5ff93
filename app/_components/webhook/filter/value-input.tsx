"use client";

import { useState } from "react";
import { Input, Textarea } from "@/app/_components/ui/input";
import { Select } from "@/app/_components/ui/select";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { survivesAsDouble } from "@/domain/event/json-number";
import type { Leaf, Scalar } from "@/domain/filter/condition";
import type { Kind } from "./fields-of";

type Props = {
  leaf: Leaf;
  kind: Kind;
  /** What the catalogue says it may be. */
  choices: string[];
  name: string;
  onChange: (leaf: Leaf) => void;
};

/** What a comparison compares with: nothing where it only asks whether anything is there. */
export function ValueInput({ leaf, kind, choices, name, onChange }: Props) {
  const label = `Value of ${name}`;
  if (leaf.op === "exists") return null;
  if (leaf.op === "in") {
    return (
      <Typed
        label={`${label}, one a line`}
        text={leaf.values.map(textOf).join("\n")}
        read={(text) => linesOf(text).map((line) => scalarOf(line, kind))}
        isSame={(values) => JSON.stringify(values) === JSON.stringify(leaf.values)}
        onChange={(values) => onChange({ ...leaf, values })}
        isLong
        hint={choices.length > 0 ? choices.join(", ") : "One a line"}
      />
    );
  }
  const { value } = leaf;
  const set = (next: Scalar) => onChange({ ...leaf, value: next } as Leaf);
  if (typeof value === "boolean") {
    return (
      <Select
        label={label}
        value={String(value)}
        onChange={(next) => set(next === "true")}
        choices={["true", "false"].map((each) => ({ value: each, label: each }))}
      />
    );
  }
  if (leaf.op === "equals" && choices.length > 0 && (value === "" || choices.includes(String(value)))) {
    return (
      <Select
        label={label}
        value={String(value)}
        onChange={set}
        choices={[
          ...(value === "" ? [{ value: "", label: "Choose" }] : []),
          ...choices.map((each) => ({ value: each, label: <Untranslated>{each}</Untranslated> })),
        ]}
      />
    );
  }
  return (
    <Typed
      label={label}
      text={textOf(value)}
      read={(text) => scalarOf(text, kind)}
      isSame={(next) => Object.is(next, value)}
      onChange={set}
      hint={kind === "time" ? "2026-01-31T12:00:00Z" : ""}
      isNumber={kind === "number"}
    />
  );
}

/** A text field that keeps what is typed as long as that means the value which it is given. */
function Typed<Value>({
  label,
  text: given,
  read,
  isSame,
  onChange,
  hint,
  isLong = false,
  isNumber = false,
}: {
  label: string;
  text: string;
  read: (text: string) => Value;
  isSame: (value: Value) => boolean;
  onChange: (value: Value) => void;
  hint: string;
  isLong?: boolean;
  isNumber?: boolean;
}) {
  const [typed, setTyped] = useState(given);
  const text = isSame(read(typed)) ? typed : given;
  const props = {
    mono: true,
    "aria-label": label,
    "aria-invalid": isNumber && text !== "" && Number.isNaN(read(text) as number),
    placeholder: hint,
    autoComplete: "off",
    spellCheck: false,
    value: text,
    onChange: ({ target }: { target: { value: string } }) => {
      setTyped(target.value);
      onChange(read(target.value));
    },
  };
  if (isLong) return <Textarea rows={Math.min(5, Math.max(1, linesOf(text).length))} {...props} />;
  return <Input inputMode={isNumber ? "decimal" : undefined} {...props} />;
}

const textOf = (value: Scalar) => (Number.isNaN(value) ? "" : String(value));
const linesOf = (text: string) => text.split("\n").filter((line) => line !== "");

/** What a text means as a value of a kind; NaN for what is no number, or none that is kept exactly. */
function scalarOf(text: string, kind: Kind): Scalar {
  if (kind === "boolean") return text === "true";
  if (kind !== "number") return text;
  const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return survivesAsDouble(text, number) ? number : Number.NaN;
}
