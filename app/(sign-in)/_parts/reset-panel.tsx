"use client";

import { useState } from "react";
import { AuthFormBody } from "./auth-form-body";
import { Panel } from "./panel";
import { PasswordField } from "./password-field";
import { TextLink } from "./text-link";
import { useAuthForm } from "./use-auth-form";

/** Sets a new password by a reset link. */
export function ResetPanel({ token }: { token: string }) {
  const [isDone, setIsDone] = useState(false);
  const form = useAuthForm("/reset-password", () => setIsDone(true), { token });
  if (isDone) {
    return (
      <Panel title="Your password is set" lead="Every other session of yours has ended.">
        <TextLink href="/sign-in">Sign in with the new password</TextLink>
      </Panel>
    );
  }
  return (
    <Panel title="Choose a new password" lead="The link works once. It ends your other sessions.">
      <AuthFormBody form={form} button="Set password">
        <PasswordField form={form} name="newPassword" label="New password" isNew />
      </AuthFormBody>
    </Panel>
  );
}
