import type { TRPCClientErrorLike } from "@trpc/client";
import type { UseFormReturn } from "react-hook-form";
import type { AppRouter } from "@/server/api/router";
import { emptyFields, type WebhookFields } from "./webhook-fields";

/** Puts the server's refusals beside their fields; what belongs to none is said at the bottom of the form. */
export function showFieldErrors(
  form: UseFormReturn<WebhookFields>,
  error: TRPCClientErrorLike<AppRouter>,
): void {
  const known = Object.keys(emptyFields);
  let isShown = false;
  for (const { path, message } of error.data?.errors ?? []) {
    const name = known.find((field) => field === path[0]) as keyof WebhookFields | undefined;
    if (!name) continue;
    // Inside of a filter, the place says which part of it is meant.
    const place = path.length > 1 && name === "conditions" ? `${path.slice(1).join(".")}: ` : "";
    form.setError(name, { message: place + message }, { shouldFocus: !isShown });
    isShown = true;
  }
  if (!isShown) form.setError("root", { message: error.message });
}
