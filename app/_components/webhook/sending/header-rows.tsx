"use client";

import { CircleAlert, Plus, Trash2 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/app/_components/ui/button";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { Input } from "@/app/_components/ui/input";
import { webhookLimits } from "@/domain/limits";
import type { SendingProblems, WrittenHeader } from "./sending";

/** The headers that every request to a webhook carries, one a row. */
export function HeaderRows({
  headers,
  problems,
  onChange,
}: {
  headers: WrittenHeader[];
  problems: SendingProblems;
  onChange: (headers: WrittenHeader[]) => void;
}) {
  const change = (id: number, to: Partial<WrittenHeader>) =>
    onChange(headers.map((each) => (each.id === id ? { ...each, ...to } : each)));
  const add = () => {
    const id = Math.max(-1, ...headers.map((each) => each.id)) + 1;
    onChange([...headers, { id, name: "", value: "", isSecret: false, isKept: false }]);
  };
  return (
    <fieldset className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <legend className="mb-1.5 font-medium">
        <span>Headers</span>
        <span className="font-normal text-faint"> (optional)</span>
      </legend>
      {headers.map((header, index) => (
        <HeaderRow
          key={header.id}
          header={header}
          place={index + 1}
          nameProblem={problems[`headers.${index}.name`]}
          valueProblem={problems[`headers.${index}.value`]}
          onChange={(to) => change(header.id, to)}
          onRemove={() => onChange(headers.filter(({ id }) => id !== header.id))}
        />
      ))}
      <p className="text-sm text-faint">
        Sent with every request. A secret value is stored encrypted and never shown again, and stays with this
        origin: with another one it is asked for again.
      </p>
      {headers.length < webhookLimits.headers && (
        <div>
          <Button size="small" onClick={add}>
            <Plus aria-hidden className="size-3.5" />
            <span>Add a header</span>
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function HeaderRow({
  header,
  place,
  nameProblem,
  valueProblem,
  onChange,
  onRemove,
}: {
  header: WrittenHeader;
  place: number;
  nameProblem: string | undefined;
  valueProblem: string | undefined;
  onChange: (to: Partial<WrittenHeader>) => void;
  onRemove: () => void;
}) {
  const id = useId();
  const { isSecret, isKept } = header;
  const problem = nameProblem ?? valueProblem;
  const described = problem ? `${id}-problem` : undefined;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 grow basis-36">
          <Input
            mono
            aria-label={`Name of header ${place}`}
            aria-invalid={nameProblem !== undefined}
            aria-describedby={described}
            placeholder="X-Api-Key"
            autoComplete="off"
            value={header.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </div>
        <div className="min-w-0 grow-2 basis-48">
          <Input
            mono
            type={isSecret ? "password" : "text"}
            aria-label={`Value of header ${place}`}
            aria-invalid={valueProblem !== undefined}
            aria-describedby={described}
            placeholder={isSecret && isKept ? "Kept; type to replace it" : "Value"}
            autoComplete={isSecret ? "new-password" : "off"}
            value={header.value}
            onChange={(event) => onChange({ value: event.target.value })}
          />
        </div>
        <label htmlFor={`${id}-secret`} className="flex items-center gap-1.5 text-sm text-muted">
          <Checkbox
            id={`${id}-secret`}
            aria-label={`Header ${place} is secret`}
            checked={isSecret}
            onCheckedChange={(checked) => onChange({ isSecret: checked === true })}
          />
          <span>Secret</span>
        </label>
        <Button look="quiet" size="icon" aria-label={`Remove header ${place}`} onClick={onRemove}>
          <Trash2 aria-hidden className="size-3.5" />
        </Button>
      </div>
      {problem && (
        <p id={described} role="alert" className="flex items-start gap-1.5 text-sm text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{problem}</span>
        </p>
      )}
    </div>
  );
}
