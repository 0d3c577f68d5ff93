"use client";

import { sitePath } from "@/app/_components/url/site-path";
import { AuthField } from "./auth-field";
import { AuthFormBody } from "./auth-form-body";
import { PasswordField } from "./password-field";
import { useAuthForm } from "./use-auth-form";

/** Makes an account: with a company of its own, or joining the one that an invitation is for. */
export function SignUpForm({ to, invitation }: { to: string; invitation?: string }) {
  const extra: Record<string, string> = invitation === undefined ? {} : { invitation };
  const form = useAuthForm("/sign-up/email", () => window.location.replace(sitePath(to)), extra);
  return (
    <AuthFormBody form={form} button="Sign up">
      {invitation === undefined && (
        <AuthField form={form} name="company" label="Company" autoComplete="organization" required />
      )}
      <AuthField form={form} name="name" label="Your name" autoComplete="name" required />
      <AuthField form={form} name="email" label="Email" type="email" autoComplete="username" required />
      <PasswordField form={form} isNew />
    </AuthFormBody>
  );
}
