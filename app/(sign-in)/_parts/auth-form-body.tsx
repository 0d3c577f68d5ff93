"use client";

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/app/_components/ui/button";
import type { AuthForm } from "./use-auth-form";

/** Fields, what is wrong as a whole, and one button. */
export function AuthFormBody({
  form,
  button,
  children,
}: {
  form: AuthForm;
  button: string;
  children?: ReactNode;
}) {
  return (
    <form ref={form.ref} action={form.submit} noValidate className="grid gap-4">
      {children}
      {form.problem && (
        <p role="alert" className="flex items-start gap-1.5 text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{form.problem}</span>
        </p>
      )}
      <Button
        type="submit"
        look="primary"
        className="h-9 justify-center"
        aria-busy={form.isBusy}
        disabled={form.isBusy}
      >
        {button}
      </Button>
    </form>
  );
}
