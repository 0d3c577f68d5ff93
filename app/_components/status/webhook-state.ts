import type { Outputs } from "@/app/_trpc/client";
import { webhookStates } from "./states";

type Shown = Pick<Outputs["webhooks"]["get"], "is_active" | "health" | "listener">;

/**
 * Which state of a webhook people are shown. It goes by the last 15 minutes: the status of the API follows each
 * attempt, and would turn with it.
 */
export function webhookState({ is_active, health, listener }: Shown) {
  if (listener) return listener.is_connected ? "listening" : "away";
  if (!is_active) return "disabled";
  return health.state === "healthy" ? "active" : health.state;
}

/** How that looks. */
export const lookOf = (webhook: Shown) => webhookStates[webhookState(webhook)];
