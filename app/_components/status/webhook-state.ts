import type { Outputs } from "@/app/_trpc/client";
import { webhookStates } from "./states";

type Webhook = Outputs["webhooks"]["get"];

/**
 * Which state of a webhook people are shown. It goes by the last 15 minutes: the status of the API follows each
 * attempt, and would turn with it.
 */
export function webhookState({ is_active, health }: Pick<Webhook, "is_active" | "health">) {
  if (!is_active) return "disabled";
  return health.state === "healthy" ? "active" : health.state;
}

/** How that looks. */
export const lookOf = (webhook: Pick<Webhook, "is_active" | "health">) =>
  webhookStates[webhookState(webhook)];
