"use client";

import { useState } from "react";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import type { AuthForm } from "./use-auth-form";

/** A password, which can be looked at while typing. Password managers are told whether it is a new one. */
export function PasswordField({
  form,
  name = "password",
  label = "Password",
  isNew = false,
}: {
  form: AuthForm;
  name?: string;
  label?: string;
  isNew?: boolean;
}) {
  const [isShown, setIsShown] = useState(false);
  const error = form.error(name);
  return (
    <Field label={label} hint={isNew && !error && "At least 8 characters."} error={error}>
      {(ids) => (
        <div className="relative">
          <Input
            {...ids}
            name={name}
            type={isShown ? "text" : "password"}
            autoComplete={isNew ? "new-password" : "current-password"}
            autoCapitalize="none"
            spellCheck={false}
            required
            className="h-9 pr-14 max-sm:text-[1rem]"
          />
          <button
            type="button"
            aria-pressed={isShown}
            onClick={() => setIsShown(!isShown)}
            className="absolute inset-y-0 right-0 rounded-md px-2.5 text-sm text-muted hover:text-ink"
          >
            {isShown ? "Hide" : "Show"}
          </button>
        </div>
      )}
    </Field>
  );
}
