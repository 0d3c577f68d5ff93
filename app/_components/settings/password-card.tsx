"use client";

import { useForm } from "react-hook-form";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { toast } from "@/app/_components/ui/toast";
import { sitePath } from "@/app/_components/url/site-path";
import { FormError } from "@/app/_components/webhook/form/form-error";

type Passwords = { currentPassword: string; newPassword: string };

type Refusal = { error?: string; errors?: { path: (string | number)[]; message: string }[] };

/** Changes the person's password. */
export function PasswordCard() {
  const form = useForm<Passwords>({ defaultValues: { currentPassword: "", newPassword: "" } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (passwords) => {
    const answer = await fetch(sitePath("/api/auth/change-password"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(passwords),
    });
    if (answer.ok) {
      form.reset();
      toast.success("Password changed");
      return;
    }
    const refusal: Refusal = await answer.json();
    const field = refusal.errors?.[0];
    const name =
      field?.path[0] === "newPassword" || field?.path[0] === "currentPassword" ? field.path[0] : "root";
    form.setError(name, { message: field?.message ?? refusal.error ?? "That did not work. Try again." });
  });
  return (
    <Card title="Password">
      <form onSubmit={submit} noValidate className="grid max-w-sm gap-4">
        <Field label="Current password" error={errors.currentPassword?.message}>
          {(ids) => (
            <Input
              {...ids}
              {...form.register("currentPassword")}
              type="password"
              autoComplete="current-password"
            />
          )}
        </Field>
        <Field label="New password" error={errors.newPassword?.message}>
          {(ids) => (
            <Input {...ids} {...form.register("newPassword")} type="password" autoComplete="new-password" />
          )}
        </Field>
        <FormError message={errors.root?.message} />
        <div>
          <Button type="submit" disabled={isSubmitting} aria-busy={isSubmitting}>
            Change password
          </Button>
        </div>
      </form>
    </Card>
  );
}
