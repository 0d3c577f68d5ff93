"use client";

import { AuthFormBody } from "./auth-form-body";
import { useAuthForm } from "./use-auth-form";

/** Joins with the account that is signed in. */
export function JoinForm({ invitation }: { invitation: string }) {
  const form = useAuthForm("/accept-invitation", () => window.location.replace("/dashboard"), { invitation });
  return <AuthFormBody form={form} button="Join the team" />;
}
