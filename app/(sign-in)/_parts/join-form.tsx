"use client";

import { sitePath } from "@/app/_components/url/site-path";
import { AuthFormBody } from "./auth-form-body";
import { useAuthForm } from "./use-auth-form";

/** Joins with the account that is signed in. */
export function JoinForm({ invitation }: { invitation: string }) {
  const enter = () => window.location.replace(sitePath("/dashboard"));
  const form = useAuthForm("/accept-invitation", enter, { invitation });
  return <AuthFormBody form={form} button="Join the team" />;
}
