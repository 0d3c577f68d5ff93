"use client";

import { sitePath } from "@/app/_components/url/site-path";
import { AuthField } from "./auth-field";
import { AuthFormBody } from "./auth-form-body";
import { PasswordField } from "./password-field";
import { useAuthForm } from "./use-auth-form";

/** Signs in, then leads to `to` with a full load, so that nothing of an earlier session stays in memory. */
export function SignInForm({ to }: { to: string }) {
  const form = useAuthForm("/sign-in/email", () => window.location.replace(sitePath(to)));
  return (
    <AuthFormBody form={form} button="Sign in">
      <AuthField form={form} name="email" label="Email" type="email" autoComplete="username" required />
      <PasswordField form={form} />
    </AuthFormBody>
  );
}
