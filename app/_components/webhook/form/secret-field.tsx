"use client";

import type { ReactNode } from "react";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { libraryHint } from "@/domain/webhook/library-secret";
import { pasteProblem } from "@/domain/webhook/pasted-secret";
import { secretProblem } from "./secret-problem";

/**
 * A secret of one's own. It is told what is wrong with it once something is typed, or how libraries will read it, and
 * what was pasted along is removed.
 */
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
  const problem = secret === "" ? null : secretProblem(secret);
  const shownHint = secret === "" || problem ? hint : (libraryHint(secret) ?? hint);
  return (
    <Field label={label} optional={optional} hint={shownHint} error={problem}>
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
