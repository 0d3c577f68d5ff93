"use client";

import type { ReactNode } from "react";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { pasteProblem } from "@/domain/webhook/pasted-secret";
import { secretProblem } from "./secret-problem";

/** A secret of one's own. It is told what is wrong with it once something is typed, and what was pasted along is removed. */
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
  const pasted = pasteProblem(secret);
  return (
    <Field label={label} optional={optional} hint={hint} error={secret === "" ? null : secretProblem(secret)}>
      {(ids) => (
        <div className="flex gap-2">
          <Input
            {...ids}
            mono
            type="password"
            autoComplete="new-password"
            value={secret}
            onChange={(event) => onChange(event.target.value)}
          />
          {pasted && <Button onClick={() => onChange(pasted.clean)}>Leave it out</Button>}
        </div>
      )}
    </Field>
  );
}
