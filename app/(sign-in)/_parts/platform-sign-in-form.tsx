"use client";

import { sitePath } from "@/app/_components/url/site-path";
import { AuthField } from "./auth-field";
import { AuthFormBody } from "./auth-form-body";
import { PasswordField } from "./password-field";
import { useAuthForm } from "./use-auth-form";

/** Signs an operator in with the platform's key, then leads to `to` with a full load. */
export function PlatformSignInForm({ to }: { to: string }) {
  const form = useAuthForm("/platform/sign-in", () => window.location.replace(sitePath(to)));
  return (
    <AuthFormBody form={form} button="Sign in">
      <AuthField form={form} name="name" label="Your name" autoComplete="name" required />
      <PasswordField form={form} name="key" label="The platform's key" />
    </AuthFormBody>
  );
}
