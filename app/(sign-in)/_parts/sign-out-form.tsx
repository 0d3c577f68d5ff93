"use client";

import { AuthFormBody } from "./auth-form-body";
import { useAuthForm } from "./use-auth-form";

/** Signs out, then shows the same page to whoever comes next. */
export function SignOutForm() {
  const form = useAuthForm("/sign-out", () => window.location.reload());
  return <AuthFormBody form={form} button="Sign out" />;
}
