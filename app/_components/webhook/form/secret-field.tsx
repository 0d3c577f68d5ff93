"use client";

import type { ReactNode } from "react";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { secretProblem } from "./secret-problem";

/** A secret of one's own. It is told what is wrong with it once something is typed. */
export function SecretField({
  label,
  optional,
  hint,
  secret,
  onChange,
}: {
  label: string;
  optional?: boolean;
  hint?: ReactNode;
  secret: string;
  onChange: (secret: string) => void;
}) {
  return (
    <Field label={label} optional={optional} hint={hint} error={secret === "" ? null : secretProblem(secret)}>
      {(ids) => (
        <Input
          {...ids}
          mono
          type="password"
          autoComplete="new-password"
          value={secret}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
