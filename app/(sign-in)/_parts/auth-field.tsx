"use client";

import type { ComponentProps } from "react";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import type { AuthForm } from "./use-auth-form";

type Props = Omit<ComponentProps<"input">, "form" | "name"> & { form: AuthForm; name: string; label: string };

/** A labelled input of an auth form, with what was typed and what is wrong with it. */
export function AuthField({ form, name, label, ...props }: Props) {
  return (
    <Field label={label} error={form.error(name)}>
      {(ids) => (
        <Input
          {...ids}
          name={name}
          defaultValue={form.values[name]}
          // Below 16 px, phones zoom into a field and stay there.
          className="h-9 max-sm:text-[1rem]"
          {...props}
        />
      )}
    </Field>
  );
}
